import type { GlanceImage, ImageApi, NewImage } from "../glance/api";
import { abandonable } from "../http/abandon";
import type { GlanceError } from "../http/errors";
import { leftBehind, marked, stillEmpty, unfinished } from "./aftermath";
import { imageKept, nothingMade, orEnded, refuseEnded, signalForCleaning, toldAsEnded, uncut } from "./ending";
import { asGlanceError, isFinal, isPassing, UnfinishedImage } from "./failure";
import { beforeBytes, type Finished, finish } from "./finish";
import { hintFor } from "./hints";
import { anew, makeWay, removeWhole, tellWhole } from "./makeWay";
import { share } from "./members";
import { type Plan, planFor } from "./methods";
import { Job } from "./methods/job";
import { refuseInactive, refuseLacks, refuseUnknownFormats } from "./refusals";
import { capital, type ImageSpec, type LifecycleContext, nameOf, nameOfNew } from "./spec";
import { creating, hold, type Left, type Leftovers, takeOver } from "./stamp";
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
  const { plan, way } = await orEnded({ ...createOf(spec), outcome: nothingMade }, context, async () => {
    await refuseUnknownFormats(api, spec, signal);
    await refuseStores(api, spec.stores, signal);
    const chosen = spec.source && (await planFor(api, new Job(spec.source, spec, context)));
    // Others wait for the same list: the end of this create must not end it for them.
    const left = stamp === undefined ? none : await abandonable(leftovers.take(stamp), signal);
    return { plan: chosen, way: await makeWay(api, left, spec, context) };
  });
  try {
    const finished = await make(api, spec, { plan, stamp, begun: way.begun }, context);
    await removeWhole(api, way, context);
    return finished;
  } catch (error) {
    tellWhole(way, context);
    throw error;
  }
}

const none: Left = { unfinished: [], finished: [] };

/** How an image is made. */
interface Making {
  plan: Plan | undefined;
  stamp: string | undefined;
  /** The image to go on with; undefined where it is still to be made. */
  begun: GlanceImage | undefined;
}

async function make(
  api: ImageApi,
  wanted: ImageSpec,
  { plan, stamp, begun }: Making,
  context: LifecycleContext,
): Promise<Finished> {
  const { signal } = context;
  const spec = begun ? anew(wanted, begun, api) : wanted;
  let image = begun ?? (await begin(api, spec, plan, stamp, context));
  hold(stamp, image.id);
  if (begun) takeOver(image.id);
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
    const outcome = failure.facts.notSent ? nothingMade : unanswered(stamp, spec);
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
function unanswered(stamp: string | undefined, { id }: ImageSpec): string {
  const next = id === undefined ? "makes way at the next `pulumi up`" : "is gone on with at the next `pulumi up`";
  return `The image service did not answer: an image that it made all the same ${stamp === undefined ? "stays there" : next}`;
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
  const kept = spec.id === undefined ? undefined : await stillEmpty(api, image, context);
  if (kept) return unfinished(await marked(api, kept, context), withHint(failure, keptForItsId));
  try {
    await api.delete(image.id, { signal: signalForCleaning(context) });
    return spec.id === undefined ? failure : withHint(failure, idUsedUp);
  } catch (error) {
    const message = `${failure.facts.message}; removing it failed as well: ${asGlanceError(error).facts.message}`;
    return new UnfinishedImage(image, failure.with({ message }), true, !isPassing(error));
  }
}

const keptForItsId =
  "The image is kept, since Glance never gives its id out again: correct the program, and the next `pulumi up` goes on with it";
const idUsedUp = "Glance never gives the id of a deleted image out again: change imageId or leave it out";

function withHint(failure: GlanceError, hint: string): GlanceError {
  return failure.with({ hint: [failure.facts.hint, hint].filter((text) => text !== undefined).join(". ") });
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
