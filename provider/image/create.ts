import type { GlanceImage, ImageApi, NewImage } from "../glance/api";
import { abandonable } from "../http/abandon";
import { GlanceError } from "../http/errors";
import { leftBehind, marked, unfinished } from "./aftermath";
import { imageKept, nothingMade, orEnded, refuseEnded, signalForCleaning, toldAsEnded, uncut } from "./ending";
import { asGlanceError, isFinal, isPassing, UnfinishedImage } from "./failure";
import { beforeBytes, type Finished, finish } from "./finish";
import { hintFor } from "./hints";
import { share } from "./members";
import { type Plan, planFor } from "./methods";
import { Job } from "./methods/job";
import { refuseInactive, refuseLacks, refuseUnknownFormats } from "./refusals";
import { rested } from "./rested";
import { capital, type ImageSpec, type LifecycleContext, nameOf, nameOfNew } from "./spec";
import { creating, hold, type Leftovers } from "./stamp";
import { refuseStores } from "./stores";
import { withoutCredentials } from "./withoutCredentials";

/**
 * Makes an image and answers it complete. When the server refuses for good, nothing is left in the cloud; when the end
 * is undecided, an UnfinishedImage carries the id into the state and the next run goes on with it.
 */
export async function createImage(
  api: ImageApi,
  spec: ImageSpec,
  leftovers: Leftovers,
  context: LifecycleContext,
): Promise<Finished> {
  const { signal } = context;
  const stamp = api.capabilities.marks ? context.stamp : undefined;
  refuseLacks(api, spec);
  refuseInactive(spec);
  const plan = await orEnded({ ...createOf(spec), outcome: nothingMade }, context, async () => {
    await refuseUnknownFormats(api, spec, signal);
    await refuseStores(api, spec.stores, signal);
    const chosen = spec.source && (await planFor(api, new Job(spec.source, spec, context)));
    // Others wait for the same list: the end of this create must not end it for them.
    const left = stamp === undefined ? undefined : await abandonable(leftovers.take(stamp), signal);
    if (left?.unfinished) await clearAway(api, left.unfinished, spec, context);
    if (left && left.finished.length > 0) context.warn?.(perhapsLeft(spec, left.finished));
    return chosen;
  });
  let image = await begin(api, spec, plan, stamp, context);
  hold(stamp, image.id);
  const failed = (error: unknown) =>
    explain(toldAsEnded(error, { subject: nameOf(image), what: "create", outcome: imageKept }, context), image);
  let finished: Finished;
  let unshared: unknown;
  try {
    finished = await finish(api, image, spec, { plan }, context, {
      seen: (latest) => {
        image = latest;
      },
      // No member is worth the bytes: the image is kept.
      beforeTheEnd: () =>
        share(api, image, spec.members, signal).catch((error) => {
          unshared = error;
        }),
    });
    // Whoever ended it may not take the answer any more: only a marked image is found again.
    if (stamp !== undefined) refuseEnded(signal);
  } catch (error) {
    throw await settle(api, image, failed(error), spec, context);
  }
  if (unshared !== undefined) throw new UnfinishedImage(image, failed(unshared), false);
  return finished;
}

function createOf({ fields: { name } }: ImageSpec) {
  return { subject: nameOfNew(name), what: "create" };
}

/** Killed between the last request and the engine's note of it, a run leaves a whole image that no state knows. */
function perhapsLeft({ fields: { name } }: ImageSpec, ids: readonly string[]): string {
  return (
    `Another run of this stack made ${ids.join(", ")} for ${nameOfNew(name)}, and this stack's state does not know of it: ` +
    "that run was killed before Pulumi noted it, the image was kept on purpose, or it belongs to a stack of the same name in another " +
    "organization (glance:stampSalt tells such stacks apart). If nobody uses it, delete it."
  );
}

/** Only the answer to this request says which image was made. */
async function begin(
  api: ImageApi,
  spec: ImageSpec,
  plan: Plan | undefined,
  stamp: string | undefined,
  context: LifecycleContext,
): Promise<GlanceImage> {
  const { properties, ...fields } = beforeBytes(spec);
  const set = Object.entries(properties ?? {}).filter((entry): entry is [string, string] => entry[1] !== null);
  const image: NewImage = {
    ...(spec.id !== undefined && { id: spec.id }),
    ...fields,
    properties: { ...Object.fromEntries(set), ...(stamp !== undefined && creating(stamp)) },
    ...(api.capabilities.copiesAtCreate && copyOf(plan)),
  };
  try {
    return await uncut(context, (signal) => api.create(image, { signal }));
  } catch (error) {
    const failure = asGlanceError(error);
    const outcome = failure.facts.notSent ? nothingMade : unanswered(stamp);
    const told = asGlanceError(toldAsEnded(error, { ...createOf(spec), outcome }, context));
    const { message, reason } = told.facts;
    throw told.with({
      message: withoutCredentials(message),
      reason: reason && withoutCredentials(reason),
      hint: hintFor(told),
    });
  }
}

/** Where the request that creates an image names the URL to copy from, no import follows. */
function copyOf(plan: Plan | undefined): Pick<NewImage, "copyFrom"> {
  const source = plan?.job.source;
  return plan?.method.name === "web-download" && source?.kind === "copyFrom" ? { copyFrom: source.url } : {};
}

/** Where images carry marks, a later create finds one whose id never arrived. */
function unanswered(stamp: string | undefined): string {
  const fate = stamp === undefined ? "stays there" : "makes way at the next `pulumi up`";
  return `The image service did not answer: an image that it made all the same ${fate}`;
}

/** Nobody knows whose bytes a leftover holds; one without any is made again as quickly as it is gone on with. */
async function clearAway(
  api: ImageApi,
  left: GlanceImage,
  { id, source }: ImageSpec,
  context: LifecycleContext,
): Promise<void> {
  if (left.id === id) {
    throw new GlanceError({
      code: "CONFLICT",
      message: `An interrupted run left ${nameOf(left)} behind, and Glance never gives its id out again`,
      hint: "Delete it, then change imageId or leave it out",
    });
  }
  const still = source && (await rested(api, left, source, { ...context, waitTimeout: noticed }).catch(() => left));
  // Whoever died sends no more: this one is alive.
  if (still?.status === "saving") context.warn?.(inOtherHands(left));
  else await api.delete(left.id, { signal: context.signal });
}

/** Seconds that a service may take to notice that a transfer was cut off. */
const noticed = 10;

function inOtherHands(image: GlanceImage): string {
  return (
    `Somebody else is uploading ${nameOf(image)}, which carries the mark of this resource: another run of this stack, or a stack of the ` +
    "same name in another organization. It is left alone; the configuration value glance:stampSalt tells such stacks apart."
  );
}

/** A failed create: clean up after a final answer, otherwise keep what the next run can finish. */
async function settle(
  api: ImageApi,
  image: GlanceImage,
  failure: GlanceError,
  spec: ImageSpec,
  context: LifecycleContext,
): Promise<Error> {
  if (!isFinal(failure)) {
    const left = await leftBehind(api, image, spec, context);
    return unfinished(await marked(api, left, context), failure);
  }
  try {
    await api.delete(image.id, { signal: signalForCleaning(context) });
    return failure;
  } catch (error) {
    const message = `${failure.facts.message}; removing it failed as well: ${asGlanceError(error).facts.message}`;
    return new UnfinishedImage(image, failure.with({ message }), true, !isPassing(error));
  }
}

/** Tells on which image something failed, by name and id, and what to do about it; never the credentials in a URL. */
export function explain(error: unknown, image: GlanceImage): GlanceError {
  const failure = asGlanceError(error);
  const { message, reason } = failure.facts;
  const named = new RegExp(`^image ("[^"]*" \\()?${image.id}( \\("[^"]*"\\)|\\))?(: )?`, "i");
  const told = message.replace(named, "");
  // A sentence of which the image is the subject needs no colon.
  const isSubject = message !== told && !named.exec(message)?.at(-1);
  return failure.with({
    message: capital(`${nameOf(image)}${isSubject ? "" : ": "}${withoutCredentials(told)}`),
    reason: reason && withoutCredentials(reason),
    hint: hintFor(failure),
  });
}
