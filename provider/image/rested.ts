import type { GlanceImage, ImageApi } from "../glance/api";
import { nameOfSource } from "./sources";
import { isLocked, type LifecycleContext, type Source } from "./spec";
import { waitWhileSaving } from "./wait";

/** Seconds that a service may take to notice that a transfer was cut off. */
export const noticed = 10;

/** Whether the service copies from the source by itself as soon as the image exists: saving is its own work then. */
export function isTheirWork(api: ImageApi, source: Source | undefined): boolean {
  return source?.kind === "copyFrom" && api.capabilities.copiesAtCreate;
}

/** The image once the service has given up a transfer of ours that was cut off: it may find that out a moment after us. */
export async function rested(
  api: ImageApi,
  image: GlanceImage,
  source: Source,
  context: LifecycleContext,
): Promise<GlanceImage> {
  if (isTheirWork(api, source) || image.status !== "saving" || isLocked(image)) return image;
  return waitWhileSaving(api, { image, what: `upload of ${nameOfSource(source)}` }, context);
}
