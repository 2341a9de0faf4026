import { createHash } from "node:crypto";
import { type Dialect, mountPaths } from "../dialects";

export const region = "RegionOne";

/** A service of the catalog, as tokens list it. */
export interface Service {
  id: string;
  type: string;
  name: string;
  endpoints: { id: string; interface: string; region: string; region_id: string; url: string }[];
}

/** The services of this server for a token of this project, as far as OpenStack lists them. */
export function serviceCatalog(
  root: string,
  identityUrl: string,
  dialects: readonly Dialect[],
  project = "",
): Service[] {
  const has = (...names: Dialect[]) => names.some((name) => dialects.includes(name));
  const computeUrl = [`${root}${mountPaths.compute}/v2.1`, project].filter((part) => part !== "").join("/");
  return [
    service("identity", "keystone", identityUrl),
    ...(has("v2", "v1") ? [service("image", "glance", root + mountPaths.v2)] : []),
    ...(has("compute") ? [service("compute", "nova", computeUrl)] : []),
  ];
}

const service = (type: string, name: string, url: string): Service => ({
  endpoints: ["public", "internal", "admin"].map((interface_) => ({
    id: id(`${type} ${interface_}`),
    interface: interface_,
    region_id: region,
    url,
    region,
  })),
  id: id(type),
  type,
  name,
});

const id = (text: string) => createHash("sha256").update(`glance-local ${text}`).digest("hex").slice(0, 32);
