import type { ImageApi } from "../../glance/api";
import type { ImportMethodName } from "../delivery";
import type { Limits } from "../spec";

/** Why the image service does not import in this way; undefined where it does (Image API v2, "Import methods and values discovery"). */
export async function notOffered(
  api: ImageApi,
  method: ImportMethodName,
  { signal }: Limits,
): Promise<string | undefined> {
  const offered = await api.importMethods({ signal });
  if (offered.includes(method)) return undefined;
  return `this cloud does not offer it (it offers ${offered.join(", ") || "no import method"})`;
}
