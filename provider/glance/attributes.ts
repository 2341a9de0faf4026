import { GlanceError } from "../http/errors";
import type { ImageFields } from "./api";

/** The attributes that a client may write, in the order in which changes are sent (glance/api/v2/images.py, `_base_properties`). */
export const writable = {
  name: "name",
  diskFormat: "disk_format",
  containerFormat: "container_format",
  minDisk: "min_disk",
  minRam: "min_ram",
  visibility: "visibility",
  protected: "protected",
  hidden: "os_hidden",
  tags: "tags",
  owner: "owner",
} as const satisfies Record<keyof ImageFields, string>;

export const fields = Object.keys(writable) as (keyof ImageFields)[];

/** Attributes that the server alone writes, or that are not read as a property. */
const readOnly = [
  "id",
  "status",
  "checksum",
  "size",
  "virtual_size",
  "os_hash_algo",
  "os_hash_value",
  "created_at",
  "updated_at",
  "self",
  "file",
  "schema",
  "direct_url",
  "stores",
  "location",
  "locations",
  "deleted",
  "deleted_at",
];

const attributes: ReadonlySet<string> = new Set([...Object.values(writable), ...readOnly]);

/** True for the names at the top level of an image that are no custom properties. */
export function isAttribute(name: string): boolean {
  return attributes.has(name) || name.startsWith("os_glance");
}

/** Throws UNSUPPORTED when a property would overwrite an attribute: both share the top level of the JSON. */
export function assertCustom(names: readonly string[]): void {
  const taken = names.filter(isAttribute);
  if (taken.length === 0) return;
  throw new GlanceError({
    code: "UNSUPPORTED",
    message: `${taken.map((name) => `"${name}"`).join(", ")} cannot be set as a property: Glance keeps an attribute of that name`,
  });
}
