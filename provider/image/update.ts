import type { GlanceImage, ImageApi } from "../glance/api";
import { GlanceError } from "../http/errors";
import { leftBehind, unfinished } from "./aftermath";
import { explain } from "./create";
import { imageKept, nothingChanged, orEnded, toldAsEnded } from "./ending";
import { isUntouched, UnfinishedImage } from "./failure";
import { type Finished, finish, needsBytes, type Owed } from "./finish";
import { endsSharing, share } from "./members";
import { planFor } from "./methods";
import { Job } from "./methods/job";
import { refuseInactive, refuseLacks } from "./refusals";
import { capital, type ImageSpec, isLocked, type LifecycleContext, nameOf } from "./spec";
import { isUnfinished } from "./stamp";
import { refuseStores } from "./stores";

/** Which source an image was begun with, seen from the one that it shall have; `claimed`: with this one, but perhaps other bytes of it. */
export type Begun = "this" | "claimed" | "other" | "none";

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
  begun: Begun = "this",
): Promise<Finished> {
  refuseLacks(api, spec);
  const underWay = { subject: `image ${id}`, what: "update" };
  const { found, owed } = await orEnded({ ...underWay, outcome: nothingChanged }, context, async () => {
    const fit = await findFit(api, id, spec, begun, context.signal);
    await refuseStores(api, spec.stores, context.signal);
    return { found: fit, owed: await owedTo(api, fit, spec, context, begun) };
  });
  let image = found;
  const unsharing = endsSharing(api, found, spec.fields.visibility);
  try {
    if (unsharing) await share(api, found, spec.members, context.signal);
    const finished = await finish(api, found, spec, owed, context, {
      seen: (latest) => {
        image = latest;
      },
    });
    if (!unsharing) await share(api, image, spec.members, context.signal);
    return finished;
  } catch (error) {
    const failure = explain(toldAsEnded(error, { ...underWay, outcome: imageKept }, context), image);
    // The state must not take over a claim that nobody has proven.
    if (owed.unproven && begun !== "this" && image === found)
      throw failure.code === "INTEGRITY" ? otherBytes(failure) : failure;
    const left = await leftBehind(api, image, spec, context);
    // An image with an id of the program's choice can be had only once.
    const isWorthKeeping = spec.id !== undefined && isUntouched(left.image);
    // What a failed import leaves in the store makes every later attempt on this image fail.
    throw unfinished(left, failure, isSpoiled(failure) && !isWorthKeeping);
  }
}

/** What the image holds was whole before anybody claimed it to be of the source, and may be wanted. */
function otherBytes(failure: GlanceError): GlanceError {
  return failure.with({
    code: "CONFLICT",
    hint:
      "Nothing was changed. Correct the hash or leave it or the source out; or, where the source is right, replace the image: " +
      "pulumi up --target-replace URN",
  });
}

function isSpoiled({ code }: GlanceError): boolean {
  return code === "IMPORT_FAILED" || code === "INTEGRITY";
}

/** What an interrupted run, or a source that is only declared now, owes the image. */
async function owedTo(
  api: ImageApi,
  image: GlanceImage,
  spec: ImageSpec,
  context: LifecycleContext,
  begun: Begun,
): Promise<Owed> {
  if (!spec.source) return {};
  const job = new Job(spec.source, spec, context);
  if (needsBytes(image)) return { plan: await planFor(api, job) };
  const isProven = begun === "this" && !isUnfinished(image.properties);
  return isProven ? {} : { unproven: job };
}

/** The image, where it can still become what the spec says. */
async function findFit(
  api: ImageApi,
  id: string,
  spec: ImageSpec,
  begun: Begun,
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
  if (begun !== "this" && begun !== "claimed" && needsBytes(found) && !api.capabilities.importsLater)
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
