import type { ImageApi } from "../glance/api";
import { type ImageInput, lacksFor } from "../glance/capabilities";
import { GlanceError } from "../http/errors";
import { unknownFormats } from "./formats";
import { capital, type ImageSpec } from "./spec";

export function refuseInactive({ deactivated, source }: ImageSpec): void {
  if (!deactivated || source) return;
  throw new GlanceError({
    code: "UNSUPPORTED",
    message: "deactivated: true needs an image with data, and this one has no source",
    hint: "Declare localFile, copyFrom or sourceImage",
  });
}

/** Better than half of what the program says on an image that nobody wanted like that. */
export function refuseLacks({ capabilities }: ImageApi, spec: ImageSpec): void {
  const { id, fields, source, deactivated, members } = spec;
  const { properties } = spec;
  const inputs = [
    ...Object.keys(fields),
    ...(id === undefined ? [] : ["imageId"]),
    ...(Object.keys(properties).length === 0 ? [] : ["properties"]),
    ...(source ? [source.kind] : []),
    ...(deactivated === undefined ? [] : ["deactivated"]),
    ...(members && "only" in members ? ["members"] : []),
  ] as ImageInput[];
  const lacks = lacksFor(capabilities, { inputs, ...fields, properties });
  if (lacks.length === 0) return;
  throw new GlanceError({
    code: "UNSUPPORTED",
    message: capital(lacks.map(({ property, reason }) => [property, reason].filter(Boolean).join(": ")).join("; ")),
  });
}

/** Better than a page of JSON schema from the server. */
export async function refuseUnknownFormats(api: ImageApi, { fields }: ImageSpec, signal?: AbortSignal): Promise<void> {
  const [unknown] = await unknownFormats(api, fields, signal);
  if (!unknown) return;
  throw new GlanceError({
    code: "UNSUPPORTED",
    message: `${unknown.field} "${unknown.value}" is unknown to this cloud`,
    hint: `Choose one of ${unknown.allowed.join(", ")}`,
  });
}
