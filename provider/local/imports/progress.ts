import type { Image } from "../store/image";

/** Properties by which Glance shows how an import goes on; users can neither set nor remove them. */
const lockName = "os_glance_import_task";
const importingName = "os_glance_importing_to_stores";
const failedName = "os_glance_failed_import";

/** The task that works on an image; nobody else may start another. */
export const lockOf = (image: Image): string | undefined => image.properties.get(lockName);

export const locked = (image: Image, taskId: string): Image => withProperty(image, lockName, taskId);

/** Releases the lock if it is this task's. */
export function unlocked(image: Image, taskId: string): Image {
  if (lockOf(image) !== taskId) return image;
  const properties = new Map(image.properties);
  properties.delete(lockName);
  return { ...image, properties };
}

/** These stores wait for bytes; earlier failures there no longer count. */
export function importing(image: Image, stores: readonly string[]): Image {
  const added = withStores(image, importingName, (listed) => [...listed, ...stores]);
  return withStores(added, failedName, (listed) => without(listed, stores));
}

/** These stores no longer wait. */
export const imported = (image: Image, stores: readonly string[]): Image =>
  withStores(image, importingName, (listed) => without(listed, stores));

/** These stores did not get the bytes. */
export const failed = (image: Image, stores: readonly string[]): Image =>
  withStores(image, failedName, (listed) => [...listed, ...stores]);

/** The stores that did not get the bytes. */
export const failedStores = (image: Image): string[] => storesIn(image, failedName);

/** Releases the lock, whose ever it is; stores that still waited did not get the bytes. */
export function abandoned(image: Image): Image {
  const waiting = storesIn(image, importingName);
  return unlocked(imported(failed(image, waiting), waiting), lockOf(image) ?? "");
}

function withStores(image: Image, name: string, change: (listed: string[]) => string[]): Image {
  return withProperty(image, name, [...new Set(change(storesIn(image, name)))].sort().join(","));
}

const storesIn = (image: Image, name: string) =>
  (image.properties.get(name) ?? "").split(",").filter((store) => store !== "");

const without = (listed: readonly string[], stores: readonly string[]) =>
  listed.filter((store) => !stores.includes(store));

function withProperty(image: Image, name: string, value: string): Image {
  return { ...image, properties: new Map(image.properties).set(name, value) };
}
