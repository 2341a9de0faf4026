import { createHash } from "node:crypto";

export const region = "RegionOne";

/** A service of the catalog, as tokens list it. */
export interface Service {
  id: string;
  type: string;
  name: string;
  endpoints: { id: string; interface: string; region: string; region_id: string; url: string }[];
}

/** The two services of this server. */
export function serviceCatalog(identityUrl: string, imageUrl: string): Service[] {
  return [service("identity", "keystone", identityUrl), service("image", "glance", imageUrl)];
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
