import { createHash } from "node:crypto";
import { type Dialect, mountPaths } from "../dialects";
import type { Region } from "../regions";

/** A service of the catalog, as tokens list it. */
export interface Service {
  id: string;
  type: string;
  name: string;
  endpoints: { id: string; interface: string; region: string; region_id: string; url: string }[];
}

/** What a catalog tells of. */
export interface Catalogued {
  /** The APIs whose services it lists. */
  dialects: readonly Dialect[];
  regions: readonly Pick<Region, "name" | "mount">[];
}

/** The services of this server for a token of this project, as far as OpenStack lists them. */
export function serviceCatalog(
  root: string,
  identityUrl: string,
  { dialects, regions }: Catalogued,
  project = "",
): Service[] {
  const has = (...names: Dialect[]) => names.some((name) => dialects.includes(name));
  const computePath = [`${mountPaths.compute}/v2.1`, project].filter((part) => part !== "").join("/");
  const service = (type: string, name: string, url: (mount: string) => string, places = regions): Service => ({
    endpoints: places.flatMap(({ name: region, mount }) =>
      ["public", "internal", "admin"].map((interface_) => ({
        id: id(`${region} ${type} ${interface_}`),
        interface: interface_,
        region_id: region,
        url: url(mount),
        region,
      })),
    ),
    id: id(type),
    type,
    name,
  });
  return [
    // `keystone-manage bootstrap` lists it in one region only.
    service("identity", "keystone", () => identityUrl, regions.slice(0, 1)),
    ...(has("v2", "v1") ? [service("image", "glance", (mount) => root + mount + mountPaths.v2)] : []),
    ...(has("compute") ? [service("compute", "nova", (mount) => root + mount + computePath)] : []),
  ];
}

const id = (text: string) => createHash("sha256").update(`glance-local ${text}`).digest("hex").slice(0, 32);
