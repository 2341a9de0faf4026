import type { GlanceImage, ImageApi } from "../glance/api";
import type { GlanceError } from "../http/errors";
import { imageKept, imageReplaced, signalForCleaning } from "./ending";
import { isLost, isStranded, isUntouched, UnfinishedImage } from "./failure";
import { rested } from "./rested";
import { type ImageSpec, isLocked, type LifecycleContext } from "./spec";
import { isUnfinished, stampProperty, stateProperty } from "./stamp";

/** Seconds that a service may take to notice that an upload was cut off; a plugin that is told to end has 4 in all (main.ts). */
const noticed = 2;

/** What an attempt that failed left in the cloud. */
export interface Left {
  /** As it is; as it was last seen where nobody can tell. */
  image: GlanceImage;
  /** False where the image service did not even say how the image is: nobody waits for it again. */
  answers: boolean;
}

/** Looks what has become of the image. */
export async function leftBehind(
  api: ImageApi,
  image: GlanceImage,
  { source }: ImageSpec,
  context: LifecycleContext,
): Promise<Left> {
  const signal = signalForCleaning(context);
  try {
    const latest = (await api.get(image.id, { signal })) ?? image;
    if (!source) return { image: latest, answers: true };
    const { pollInterval } = context;
    const resting = rested(api, latest, source, { waitTimeout: noticed, pollInterval, signal });
    return { image: await resting.catch(() => latest), answers: true };
  } catch {
    return { image, answers: false };
  }
}

/** The image, where nothing has come into it yet and nobody has deleted it. */
export async function stillEmpty(
  api: ImageApi,
  { id }: GlanceImage,
  context: LifecycleContext,
): Promise<Left | undefined> {
  const image = await api.get(id, { signal: signalForCleaning(context) }).catch(() => undefined);
  return image && isUntouched(image) ? { image, answers: true } : undefined;
}

/**
 * Whoever is told of the image goes on with it, and the last request of that takes the mark away. Should nobody be told any
 * more, the mark is what the next run finds it by: one that got lost in a request without an answer is set again. Best
 * effort, since the connection may be what failed; and never while an import writes the image.
 */
export async function marked(api: ImageApi, left: Left, context: LifecycleContext): Promise<Left> {
  const { image, answers } = left;
  const isMarked = !Object.hasOwn(image.properties, stampProperty) || isUnfinished(image.properties);
  if (!answers || isMarked || isLocked(image)) return left;
  const signal = signalForCleaning(context);
  const again = api.update(image, { properties: { [stateProperty]: "creating" } }, { signal });
  return { image: await again.catch(() => image), answers };
}

/** What a state keeps of an attempt that failed, and what the next run does with it. */
export function unfinished({ image, answers }: Left, failure: GlanceError, isSpoiled = false): UnfinishedImage {
  const isReplaced = isSpoiled || isLost(image) || isStranded(image);
  const hint = failure.facts.hint?.replace(imageKept, imageReplaced);
  return new UnfinishedImage(image, isReplaced ? failure.with({ hint }) : failure, isReplaced, answers);
}
