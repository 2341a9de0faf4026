import { own } from "../../own";
import { Fault } from "../../store/fault";
import type { Image, Visibility } from "../../store/image";
import { requireTagQuota } from "../quota";

type Setter = (image: Image, value: unknown) => Image;

/** The attributes that a PATCH may set; values have passed the schema. */
const setters: Record<string, Setter> = {
  name: (image, value) => ({ ...image, name: value as string | null }),
  visibility: (image, value) => ({ ...image, visibility: value as Visibility }),
  protected: (image, value) => ({ ...image, protected: value as boolean }),
  os_hidden: (image, value) => ({ ...image, hidden: value as boolean }),
  owner: (image, value) => ({ ...image, owner: (value as string | null) || null }),
  min_disk: (image, value) => ({ ...image, minDisk: value as number }),
  min_ram: (image, value) => ({ ...image, minRam: value as number }),
  disk_format: (image, value) => ({ ...withoutData(image, "disk_format"), diskFormat: value as string | null }),
  container_format: (image, value) => ({
    ...withoutData(image, "container_format"),
    containerFormat: value as string | null,
  }),
  tags: (image, value) => {
    const tags = value as string[];
    requireTagQuota(tags);
    return { ...image, tags: [...new Set(tags)] };
  },
};

/** The setter of an attribute; undefined for a custom property. */
export const setterOf = (name: string): Setter | undefined => own(setters, name);

function withoutData(image: Image, name: string): Image {
  if (image.status === "queued" || image.status === "importing") return image;
  throw new Fault("forbidden", `Attribute ${name} can be only replaced for a queued image.`);
}

/** What else Glance's image objects have in Python: setting one of these succeeds and is lost. */
const lost = [
  "member",
  "context",
  "delete",
  "notifier",
  "get_data",
  "set_data",
  "deactivate",
  "reactivate",
  "repo",
  "helper",
  "get_payload",
  "send_notification",
  "get_super_class",
  "_abc_impl",
  "_format_image_send",
  "_format_import_properties",
  "_get_chunk_data_iterator",
];

/** Setting one of these breaks the request. */
const breaking = ["extra_properties", "base", "__class__", "__dict__"];

/** Whether a name is taken by Python, so that no property of this name can be patched. */
export const isTaken = (name: string): boolean => name === "image_id" || lost.includes(name) || breaking.includes(name);

/** Sets a name that is taken by Python, with what comes of it. */
export function setTaken(image: Image, name: string, value: unknown): Image {
  if (breaking.includes(name)) throw new TypeError(`cannot set ${name}`);
  if (name === "image_id") throw new Fault("notFound", `No image found with ID ${value}`);
  return image;
}
