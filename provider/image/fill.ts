import type { GlanceImage, ImageApi } from "../glance/api";
import { GlanceError } from "../http/errors";
import { imageKept, orEnded } from "./ending";
import { asGlanceError, isPoisoned, isStranded, isUntouched } from "./failure";
import { alternativeTo, type Plan } from "./methods";
import type { Sent } from "./methods/job";
import { rested } from "./rested";
import { isLocked, nameOf } from "./spec";
import type { Brought } from "./verify";
import { waitUntilActive } from "./wait";
import { withoutCredentials } from "./withoutCredentials";

/** An image that has its bytes. */
export interface Filled {
  image: GlanceImage;
  brought: Brought;
}

/** Seconds that a service may take to store what an earlier run sent; it has forgotten what takes longer. */
const longestSaving = 600;

/** Brings the source's bytes into the image, from whatever an earlier attempt left, and waits until it is active. */
export async function fill(api: ImageApi, found: GlanceImage, plan: Plan): Promise<Filled> {
  const { source, context } = plan.job;
  const patience = Math.min(context.waitTimeout, longestSaving);
  const image = await rested(api, found, source, { ...context, waitTimeout: patience }).catch((error) => {
    const isStuck = error instanceof GlanceError && error.code === "TIMEOUT" && patience === longestSaving;
    throw isStuck && !context.signal?.aborted ? unusable(found, "an upload that does not end") : error;
  });
  if (isPoisoned(image)) throw unusable(image, "data that Glance refused");
  if (isStranded(image)) throw unusable(image, "staged data that nobody imported");
  const takesBytes = image.status === "queued" && !isLocked(image) && api.capabilities.importsLater;
  return takesBytes ? bring(api, image, plan) : complete(api, image, plan, {});
}

async function bring(api: ImageApi, image: GlanceImage, plan: Plan): Promise<Filled> {
  const { job, method } = plan;
  const underWay = { subject: nameOf(image), what: method.describe(job), outcome: imageKept };
  try {
    const sent = await orEnded(underWay, job.context, () => method.send(api, image, job));
    return await complete(api, image, plan, sent, sent.requestId !== undefined);
  } catch (error) {
    const next = isRefusal(error) ? await alternativeTo(api, plan) : undefined;
    const now = next && (await api.get(image.id, { signal: job.context.signal }).catch(() => undefined));
    if (!next || !now || !isUntouched(now)) throw error;
    const { message } = asGlanceError(error).facts;
    job.context.warn?.(
      `${withoutCredentials(message)}. Nothing of it was kept: going on with ${next.method.name} instead of ${method.name}.`,
    );
    return bring(api, now, next);
  }
}

async function complete(
  api: ImageApi,
  image: GlanceImage,
  { job, method }: Plan,
  sent: Sent,
  hasTask = true,
): Promise<Filled> {
  const waiting = { image, requestId: sent.requestId, hasTask, what: method.describe(job) };
  const { digests, requestId } = sent;
  const isUnchanged = digests === undefined && requestId !== undefined;
  return { image: await waitUntilActive(api, waiting, job.context), brought: { digests, isUnchanged } };
}

/** What says that this way is closed, and nothing against the bytes or the image. */
const closed: readonly number[] = [400, 403, 404, 405, 410, 501];

function isRefusal(error: unknown): boolean {
  if (!(error instanceof GlanceError)) return false;
  return error.code === "IMPORT_FAILED" || (error.code === "HTTP_STATUS" && closed.includes(error.status ?? 0));
}

function unusable(image: GlanceImage, what: string): GlanceError {
  return new GlanceError({
    code: "IMPORT_FAILED",
    message: `An earlier attempt left ${nameOf(image)} with ${what}; it takes no other`,
  });
}
