import type { GlanceImage, ImageApi } from "../glance/api";
import { GlanceError } from "../http/errors";
import { leftBehind, unfinished } from "./aftermath";
import { prepareSource } from "./bytes";
import { explain, refuseInactive, refuseLacks } from "./create";
import { imageKept, nothingChanged, orEnded, toldAsEnded } from "./ending";
import { isLost, UnfinishedImage } from "./failure";
import { finish, needsBytes } from "./finish";
import { endsSharing, share } from "./members";
import { capital, type ImageSpec, isLocked, type LifecycleContext, nameOf } from "./spec";

/**
 * Brings an existing image to the spec, including bytes that an interrupted create still owes it.
 *
 * @param begun - Which source the image was begun with: another than this may only go into an image that is still empty, and only
 *   where the API takes a source later.
 */
export async function updateImage(
  api: ImageApi,
  id: string,
  spec: ImageSpec,
  context: LifecycleContext,
  begun: "this" | "other" | "none" = "this",
): Promise<GlanceImage> {
  refuseLacks(api, spec);
  const underWay = { subject: `image ${id}`, what: "update" };
  const found = await orEnded({ ...underWay, outcome: nothingChanged }, context, () =>
    findFit(api, id, spec, begun, context.signal),
  );
  let image = found;
  const unsharing = endsSharing(api, found, spec.fields.visibility);
  try {
    if (unsharing) await share(api, found, spec.members, context.signal);
    image = await finish(api, found, spec, context, (latest) => {
      image = latest;
    });
    if (!unsharing) await share(api, image, spec.members, context.signal);
    return image;
  } catch (error) {
    const failure = explain(toldAsEnded(error, { ...underWay, outcome: imageKept }, context), image);
    const left = await leftBehind(api, image, spec, context);
    // What a failed import leaves in the store makes every later attempt on this image fail.
    throw unfinished(left, failure, isLost(left.image) || failure.code === "IMPORT_FAILED");
  }
}

/** The image, where it can still become what the spec says. */
async function findFit(
  api: ImageApi,
  id: string,
  spec: ImageSpec,
  begun: "this" | "other" | "none",
  signal: AbortSignal | undefined,
): Promise<GlanceImage> {
  const found = await api.get(id, { signal });
  if (!found) {
    throw new GlanceError({
      code: "NOT_FOUND",
      message: `Image ${id} does not exist any more; it was deleted outside of Pulumi`,
      hint: "Run `pulumi refresh`, then `pulumi up` to make it anew",
    });
  }
  if (begun === "other" && !isEmpty(found)) throw new UnfinishedImage(found, filledMeanwhile(found), true);
  if (begun !== "this" && needsBytes(found) && !api.capabilities.importsLater)
    throw new UnfinishedImage(found, tooLate(found, api), true);
  if (needsBytes(found)) refuseInactive(spec);
  if (spec.source && needsBytes(found)) await prepareSource(api, spec.source, signal);
  return found;
}

function isEmpty(image: GlanceImage): boolean {
  return image.status === "queued" && image.checksum === null && !isLocked(image);
}

function tooLate(image: GlanceImage, { capabilities }: ImageApi): GlanceError {
  return new GlanceError({
    code: "UNSUPPORTED",
    message: `${capital(nameOf(image))}: ${capabilities.title} takes a source only when it creates an image`,
    hint: "Run `pulumi up` again: it replaces the image",
  });
}

function filledMeanwhile(image: GlanceImage): GlanceError {
  return new GlanceError({
    code: "CONFLICT",
    message: `${capital(nameOf(image))} has meanwhile taken the bytes of its earlier source`,
    hint: "Run `pulumi up` again: it replaces the image",
  });
}
