import type { Caller } from "../store/caller";
import type { Image, Visibility } from "../store/image";
import type { NewImage, Store } from "../store/store";
import { computed, isForbidden } from "./names";
import { requireCreator, requireVisibility } from "./policy";
import { requirePropertyQuota, requireTagQuota } from "./quota";
import { refuse, refuseInDetail } from "./refusal";
import { imageProperties } from "./schema/image";
import { validateImage } from "./schema/validate";
import { requireStorable } from "./values";

type Fields = Record<string, unknown>;

const longestName = 255;

/** Attributes that a new image cannot have yet. */
const later = ["checksum", "created_at", "size", "virtual_size", "status", "updated_at"];

/** Creates an image (Image API v2, Create image), finding faults in the order in which Glance finds them. */
export async function createImage(store: Store, caller: Caller, fields: Fields): Promise<Image> {
  const computedName = computed.find((name) => Object.hasOwn(fields, name));
  if (computedName !== undefined) throw refuse(403, `Attribute '${computedName}' is read-only.`);
  validateImage(fields);
  const properties = propertiesOf(fields);
  const image = attributesOf(fields, caller.projectId);
  requireCreator(caller, image.owner ?? null);
  requireVisibility(image.visibility, caller, { ...image, owner: image.owner ?? null } as Image);
  requireTagQuota(image.tags ?? []);
  requireNothingLater(fields);
  requireStorable({ ...image, properties });
  requirePropertyQuota(properties);
  return store.create({ ...image, owner: image.owner || null, properties });
}

function attributesOf(fields: Fields, projectId: string | null): NewImage {
  const { id, name, visibility, owner, disk_format, container_format, min_disk, min_ram, tags, os_hidden } = fields;
  const given = {
    id,
    name,
    visibility: visibility as Visibility,
    protected: fields.protected,
    hidden: os_hidden,
    owner: owner === undefined ? projectId : owner,
    diskFormat: disk_format,
    containerFormat: container_format,
    minDisk: min_disk,
    minRam: min_ram,
    tags: [...new Set((tags as string[] | undefined) ?? [])],
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** The custom properties. The hash attributes pass for such in Glance, and their values are lost. */
function propertiesOf(fields: Fields): Map<string, string> {
  const names = Object.keys(fields).filter((name) => name === "locations" || !Object.hasOwn(imageProperties, name));
  for (const name of names) {
    if (name.length > longestName) throw refuse(400, "Custom property should not be greater than 255 characters.");
    if (isForbidden(name)) throw refuseInDetail(403, `Attribute '${name}' is reserved.`);
  }
  return new Map(names.filter((name) => name !== "locations").map((name) => [name, fields[name] as string]));
}

function requireNothingLater(fields: Fields): void {
  const readOnly = later.find((name) => Object.hasOwn(fields, name));
  if (readOnly !== undefined) throw refuse(403, `Attribute '${readOnly}' is read-only.`);
  if (Object.hasOwn(fields, "locations")) throw refuse(403, "Attribute 'locations' is reserved.");
}
