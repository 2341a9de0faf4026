import type { GlanceImage, ImageApi, ImageChanges } from "../glance/api";
import { fill } from "./bytes";
import { type ImageSpec, isLocked, type LifecycleContext } from "./spec";
import { stateProperty } from "./stamp";
import { waitUntilUnlocked } from "./wait";

/**
 * Brings an existing image to what it shall be, wherever an earlier attempt stopped: its bytes first, then activation,
 * then everything else in one JSON-patch, which also takes the mark of an unfinished create away. An image that is
 * complete already costs no request.
 */
export async function finish(
  api: ImageApi,
  found: GlanceImage,
  spec: ImageSpec,
  context: LifecycleContext,
  seen: (image: GlanceImage) => void = () => {},
): Promise<GlanceImage> {
  const { signal } = context;
  let image = found;
  const step = async (next: Promise<GlanceImage>) => {
    image = await next;
    seen(image);
  };
  if (spec.source && needsBytes(image)) {
    if (!isLocked(image)) await step(api.update(image, beforeBytes(spec), { signal }));
    await step(fill(api, image, spec.source, context));
  } else if (isLocked(image)) {
    await step(waitUntilUnlocked(api, image, context));
  }
  await step(activate(api, image, spec.deactivated, signal));
  await step(api.update(image, atTheEnd(image, spec), { signal }));
  return image;
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

async function activate(
  api: ImageApi,
  image: GlanceImage,
  deactivated: boolean | undefined,
  signal: AbortSignal | undefined,
): Promise<GlanceImage> {
  if (deactivated === true && image.status === "active") {
    await api.deactivate(image.id, { signal });
    return { ...image, status: "deactivated" };
  }
  if (deactivated === false && image.status === "deactivated") {
    await api.reactivate(image.id, { signal });
    return { ...image, status: "active" };
  }
  return image;
}
