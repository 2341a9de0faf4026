import type { GlanceImage } from "./image";

/** In place of a task: the copy that a service makes by itself. It has no task list. */
export const copyTask = "copy_from";

/** An image as a create answers it: with a URL to copy from it holds its import lock, though the answer may not say so. */
export function asCreated(image: GlanceImage, copyFrom: string | undefined): GlanceImage {
  return copyFrom === undefined ? image : { ...image, import: { ...image.import, task: copyTask } };
}
