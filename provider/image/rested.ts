import type { GlanceImage, ImageApi } from "../glance/api";
import { nameOfSource } from "./sources";
import { isLocked, type LifecycleContext, type Source } from "./spec";
import { waitWhileSaving } from "./wait";

/** The image once the service has given up a transfer of ours that was cut off: it may find that out a moment after us. */
export async function rested(
  api: ImageApi,
  image: GlanceImage,
  source: Source,
  context: LifecycleContext,
): Promise<GlanceImage> {
  // Where the service copies by itself, saving is its own work.
  const isTheirs = source.kind === "copyFrom" && api.capabilities.copiesAtCreate;
  if (isTheirs || image.status !== "saving" || isLocked(image)) return image;
  return waitWhileSaving(api, { image, what: `upload of ${nameOfSource(source)}` }, context);
}
