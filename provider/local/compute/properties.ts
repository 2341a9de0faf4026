import { own } from "../own";
import type { Image } from "../store/image";
import { isForbidden, isHidden, isReadOnly } from "../v2/names";
import type { Operation } from "../v2/patch/operations";
import { NovaFault, unexpected } from "./fault";
import { notAuthorized } from "./glance";

/** Attributes that Nova sends along from the image it has read, so that metadata of the same name has no effect. */
const overwritten = [
  "id",
  "image_id",
  "name",
  "owner",
  "min_ram",
  "min_disk",
  "disk_format",
  "container_format",
  "checksum",
  "visibility",
  "os_hidden",
  "os_hash_algo",
  "os_hash_value",
];

/** Attributes at which Nova's client of Glance stumbles, with the exception that it raises. */
const breaking: Readonly<Record<string, string>> = {
  status: "TypeError",
  size: "TypeError",
  virtual_size: "TypeError",
  tags: "TypeError",
  protected: "TypeError",
  self: "TypeError",
  locations: "TypeError",
  location: "glanceclient.exc.HTTPConflict",
  stores: "glanceclient.exc.HTTPConflict",
};

/** Properties that cannot be set to nothing. */
const isOmitted = (name: string, value: string) =>
  (name === "kernel_id" || name === "ramdisk_id") && ["none", ""].includes(value.trim().toLowerCase());

const largestNumber = 128;

/**
 * The operations by which Nova gives an image exactly these properties (nova/image/glance.py). It knows images that are public and
 * others, and so it makes every other image private. Throws 403 for too many properties and for names that Glance keeps, 500.
 */
export function operationsFor(image: Image, wanted: ReadonlyMap<string, string>): Operation[] {
  if (wanted.size > largestNumber) throw new NovaFault(403, "Image metadata limit exceeded");
  const changed = [...wanted].filter(
    ([name, value]) => image.properties.get(name) !== value && !isOmitted(name, value),
  );
  const settable = changed.filter(([name]) => !overwritten.includes(name));
  const removed = [...image.properties.keys()].filter((name) => !wanted.has(name) && !isHidden(name));
  for (const name of [...settable.map(([name]) => name), ...removed]) requireChangeable(image, name);
  return [
    ...visibilityOperations(image),
    ...settable.map(([name, value]) => operation("add", name, value)),
    ...removed.map((name) => operation("remove", name)),
  ];
}

const visibilityOperations = ({ visibility }: Image): Operation[] =>
  visibility === "public" || visibility === "private" ? [] : [operation("replace", "visibility", "private")];

function requireChangeable(image: Image, name: string): void {
  const exception = own(breaking, name);
  if (exception !== undefined) throw unexpected(exception);
  if (isReadOnly(name) || isForbidden(name)) throw notAuthorized(image.id);
}

const operation = (verb: Operation["verb"], name: string, value?: string): Operation => ({
  verb,
  path: [name],
  value,
  addReplaces: true,
});
