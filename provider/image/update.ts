import type { GlanceImage, ImageApi } from "../glance/api";
import { GlanceError } from "../http/errors";
import { leftBehind, unfinished } from "./aftermath";
import { explain, refuseInactive, refuseLacks } from "./create";
import { imageKept, nothingChanged, orEnded, toldAsEnded } from "./ending";
import { isLost, UnfinishedImage } from "./failure";
import { type Finished, finish, needsBytes } from "./finish";
import { endsSharing, share } from "./members";
import { type Plan, planFor } from "./methods";
import { Job } from "./methods/job";
import { capital, type ImageSpec, isLocked, type LifecycleContext, nameOf } from "./spec";
import { isUnfinished } from "./stamp";
import { refuseStores } from "./stores";

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
): Promise<Finished> {
  refuseLacks(api, spec);
  const underWay = { subject: `image ${id}`, what: "update" };
  const { found, plan } = await orEnded({ ...underWay, outcome: nothingChanged }, context, async () => {
    const fit = await findFit(api, id, spec, begun, context.signal);
    await refuseStores(api, spec.stores, context.signal);
    return { found: fit, plan: await planToFinish(api, fit, spec, context) };
  });
  let image = found;
  const unsharing = endsSharing(api, found, spec.fields.visibility);
  try {
    if (unsharing) await share(api, found, spec.members, context.signal);
    const finished = await finish(api, found, spec, plan, context, {
      seen: (latest) => {
        image = latest;
      },
    });
    if (!unsharing) await share(api, image, spec.members, context.signal);
    return finished;
  } catch (error) {
    const failure = explain(toldAsEnded(error, { ...underWay, outcome: imageKept }, context), image);
    const left = await leftBehind(api, image, spec, context);
    // What a failed import leaves in the store makes every later attempt on this image fail.
    throw unfinished(left, failure, isLost(left.image) || isSpoiled(failure));
  }
}

function isSpoiled({ code }: GlanceError): boolean {
  return code === "IMPORT_FAILED" || code === "INTEGRITY";
}

/** How the bytes come that an interrupted run still owes the image; also one that came, and that nobody has verified, has a plan. */
async function planToFinish(
  api: ImageApi,
  image: GlanceImage,
  spec: ImageSpec,
  context: LifecycleContext,
): Promise<Plan | undefined> {
  const isOwed = needsBytes(image) || isUnfinished(image.properties);
  return spec.source && isOwed ? planFor(api, new Job(spec.source, spec, context)) : undefined;
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
