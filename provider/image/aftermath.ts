import type { GlanceImage, ImageApi } from "../glance/api";
import type { GlanceError } from "../http/errors";
import { rested } from "./bytes";
import { imageKept, imageReplaced, signalForCleaning } from "./ending";
import { isLost, UnfinishedImage } from "./failure";
import { type ImageSpec, isLocked, type LifecycleContext } from "./spec";
import { stateProperty } from "./stamp";

/** Seconds that a service may take to notice that an upload was cut off. */
const noticed = 5;

/** The image as it is after an attempt that failed; as it was last seen where nobody can tell. */
export async function leftBehind(
  api: ImageApi,
  image: GlanceImage,
  { source }: ImageSpec,
  context: LifecycleContext,
): Promise<GlanceImage> {
  const signal = signalForCleaning(context);
  const latest = (await api.get(image.id, { signal }).catch(() => undefined)) ?? image;
  if (!source) return latest;
  const { pollInterval } = context;
  return rested(api, latest, source, { waitTimeout: noticed, pollInterval, signal }).catch(() => latest);
}

/**
 * The state will hold the image: a create must not find it any more. Best effort, since the connection may be what
 * failed; and never while an import writes the image.
 */
export async function unmark(api: ImageApi, image: GlanceImage, context: LifecycleContext): Promise<GlanceImage> {
  if (isLocked(image)) return image;
  const signal = signalForCleaning(context);
  return api.update(image, { properties: { [stateProperty]: null } }, { signal }).catch(() => image);
}

/** What a state keeps of an attempt that failed, and what the next run does with it. */
export function unfinished(image: GlanceImage, failure: GlanceError, isReplaced = isLost(image)): UnfinishedImage {
  const hint = failure.facts.hint?.replace(imageKept, imageReplaced);
  return new UnfinishedImage(image, isReplaced ? failure.with({ hint }) : failure, isReplaced);
}
