import type { GlanceImage, ImageApi, ImageChanges } from "../glance/api";
import type { VerifyPolicy } from "./delivery";
import { fill } from "./fill";
import type { Plan } from "./methods";
import type { Job } from "./methods/job";
import { type ImageSpec, isLocked, type LifecycleContext } from "./spec";
import { stateProperty } from "./stamp";
import { adjustStores } from "./stores";
import { verify } from "./verify";
import { waitUntilUnlocked } from "./wait";

/** An image that is what it shall be. */
export interface Finished {
  image: GlanceImage;
  /** How its bytes were compared with the source; undefined where an earlier run did. */
  verifiedBy?: VerifyPolicy;
}

/** What an image may still be owed. */
export interface Owed {
  /** How its bytes come, where it needs some. */
  plan?: Plan | undefined;
  /** The source whose bytes it should have already, where nobody has compared them. */
  unproven?: Job | undefined;
}

/** What goes along with the work. */
interface Followed {
  /** Told of the image after every step. */
  seen?: (image: GlanceImage) => void;
  /** What else must be done before the last request, which takes the mark of an unfinished create away. */
  beforeTheEnd?: (image: GlanceImage) => Promise<void>;
}

/**
 * Brings an existing image to what it shall be, wherever an earlier attempt stopped: its bytes first and what holds of them, then its
 * stores, then activation, then everything else in one JSON-patch, which also takes the mark of an unfinished create away. An image
 * that is complete already costs no request.
 *
 */
export async function finish(
  api: ImageApi,
  found: GlanceImage,
  spec: ImageSpec,
  owed: Owed,
  context: LifecycleContext,
  { seen = () => {}, beforeTheEnd = async () => {} }: Followed = {},
): Promise<Finished> {
  const { signal } = context;
  let image = found;
  let verifiedBy: VerifyPolicy | undefined;
  const step = async (next: Promise<GlanceImage>) => {
    image = await next;
    seen(image);
  };
  const { plan, unproven } = owed;
  if (plan && needsBytes(image)) {
    if (!isLocked(image)) await step(api.update(image, beforeBytes(spec), { signal }));
    const filled = await fill(api, image, plan);
    await step(Promise.resolve(filled.image));
    verifiedBy = await verify(api, image, plan.job, filled.brought);
  } else if (isLocked(image)) {
    await step(waitUntilUnlocked(api, image, context));
  } else if (unproven && !needsBytes(image)) {
    verifiedBy = await verify(api, image, unproven);
  }
  // No store takes a copy of an image whose data cannot be used.
  if (spec.deactivated === false) await step(reactivated(api, image, signal));
  if (!needsBytes(image)) await step(adjustStores(api, image, spec.stores, context));
  if (spec.deactivated === true) await step(deactivated(api, image, signal));
  await beforeTheEnd(image);
  await step(api.update(image, atTheEnd(image, spec), { signal }));
  return { image, ...(verifiedBy && { verifiedBy }) };
}

export function needsBytes(image: Pick<GlanceImage, "status">): boolean {
  return image.status !== "active" && image.status !== "deactivated";
}

/** Formats and limits must stand before the bytes come. What hides or protects the image waits: until it is whole, we must be able to find and delete it. */
export function beforeBytes({ fields, properties }: ImageSpec): ImageChanges {
  const { protected: _protected, hidden: _hidden, ...early } = fields;
  return { ...early, properties };
}

function atTheEnd(image: GlanceImage, { fields, properties }: ImageSpec): ImageChanges {
  const { diskFormat, containerFormat, ...always } = fields;
  // Glance refuses a format in a patch of an image with data, even an unchanged one.
  const formats =
    image.status === "queued" ? { ...(diskFormat && { diskFormat }), ...(containerFormat && { containerFormat }) } : {};
  return { ...always, ...formats, properties: { ...properties, [stateProperty]: null } };
}

async function reactivated(api: ImageApi, image: GlanceImage, signal: AbortSignal | undefined): Promise<GlanceImage> {
  if (image.status !== "deactivated") return image;
  await api.reactivate(image.id, { signal });
  return { ...image, status: "active" };
}

async function deactivated(api: ImageApi, image: GlanceImage, signal: AbortSignal | undefined): Promise<GlanceImage> {
  if (image.status !== "active") return image;
  await api.deactivate(image.id, { signal });
  return { ...image, status: "deactivated" };
}
