import { setTimeout as sleep } from "node:timers/promises";
import type { GlanceImage, ImageApi, ImageTask } from "../glance/api";
import { GlanceError } from "../http/errors";
import { ended, imageKept } from "./ending";
import { isFinal, isPassing } from "./failure";
import { ImportWatch, ownTask, tell, vanished, type Waiting } from "./importWatch";
import { capital, isLocked, type LifecycleContext, nameOf } from "./spec";

const slowest = 4;

/** Seconds: Node's timers count milliseconds in 31 bits, and a longer one ends at once. */
export const longestWait = 2_147_483;

/**
 * Waits until the image is active. A failure is reported at the first look after Glance knows of it: the image's tasks
 * say so (Image API v2, "Show tasks associated with image"), because the status alone cannot tell "not started" from
 * "failed" (both are `queued`).
 */
export async function waitUntilActive(
  api: ImageApi,
  waiting: Waiting,
  context: LifecycleContext,
): Promise<GlanceImage> {
  const watch = new ImportWatch(api, waiting, context);
  return repeat((signal) => watch.look(signal), context, {
    aborted: (cause) => aborted(waiting, context, cause),
    timedOut: (cause) => timedOut(waiting, watch.last, context.waitTimeout, cause),
  });
}

/** Waits until the image service is done with an upload, whatever its outcome. */
export async function waitWhileSaving(
  api: ImageApi,
  waiting: Waiting,
  context: LifecycleContext,
): Promise<GlanceImage> {
  let last = waiting.image;
  const look = async (signal: AbortSignal) => {
    const image = await api.get(last.id, { signal });
    if (!image) throw vanished(waiting);
    last = image;
    tell(context, waiting, last);
    return last.status === "saving" ? undefined : last;
  };
  return repeat(look, context, {
    aborted: (cause) => aborted(waiting, context, cause),
    timedOut: (cause) => timedOut(waiting, last, context.waitTimeout, cause),
  });
}

/** Waits for an import that somebody else began to let go of the image; its outcome is theirs to judge. */
export async function waitUntilUnlocked(
  api: ImageApi,
  image: GlanceImage,
  context: LifecycleContext,
): Promise<GlanceImage> {
  const waiting = { image, what: "import that somebody else began" };
  let last = image;
  const look = async (signal: AbortSignal) => {
    const [task] = (await api.tasks(image.id, { signal })) ?? [];
    last = (await api.get(image.id, { signal })) ?? last;
    tell(context, waiting, last);
    // A failed import may leave its lock behind for an hour.
    const isOver = !isLocked(last) || task?.status === "failure" || task?.status === "success";
    return isOver ? last : undefined;
  };
  return repeat(look, context, {
    aborted: (cause) => aborted(waiting, context, cause),
    timedOut: (cause) => timedOut(waiting, last, context.waitTimeout, cause),
  });
}

/** An image whose copy to further stores has come to its end. */
export interface Copied {
  image: GlanceImage;
  /** The copy's task; undefined where the server shows none. */
  task: ImageTask | undefined;
}

/**
 * Waits for the end of a copy to further stores, during which the image stays active; which of them have it now its `stores` say. After
 * a failure the lock may stay for an hour, so that the task's word counts first.
 */
export async function waitUntilCopied(api: ImageApi, waiting: Waiting, context: LifecycleContext): Promise<Copied> {
  let last = waiting.image;
  const look = async (signal: AbortSignal) => {
    const task = await ownTask(api, waiting, signal);
    const image = await api.get(last.id, { signal });
    if (!image) throw vanished(waiting);
    last = image;
    tell(context, waiting, image);
    const isRunning = task?.status === "pending" || task?.status === "processing";
    const isOver = task?.status === "failure" || !(isRunning || isLocked(image));
    return isOver ? { image, task } : undefined;
  };
  return repeat(look, context, {
    aborted: (cause) => aborted(waiting, context, cause),
    timedOut: (cause) => timedOut(waiting, last, context.waitTimeout, cause),
  });
}

interface Endings {
  aborted(cause: unknown): GlanceError;
  timedOut(cause: unknown): GlanceError;
}

/** Looks again and again, ever more slowly, until there is a result. A look that passing trouble spoils is repeated. */
async function repeat<T>(
  look: (signal: AbortSignal) => Promise<T | undefined>,
  context: LifecycleContext,
  endings: Endings,
): Promise<T> {
  const deadline = AbortSignal.timeout(Math.min(context.waitTimeout, longestWait) * 1000);
  const signal = context.signal ? AbortSignal.any([context.signal, deadline]) : deadline;
  const patient = (error: unknown) => {
    if (signal.aborted || !isPassing(error)) throw error;
    return undefined;
  };
  try {
    for (let pause = context.pollInterval ?? 0.25; ; pause = Math.min(pause * 2, slowest)) {
      const done = await look(signal).catch(patient);
      if (done !== undefined) return done;
      await sleep(untilNextTick(pause * 1000), undefined, { signal });
    }
  } catch (error) {
    // An answer that decides counts, even if it comes with the end.
    if (error instanceof GlanceError && isFinal(error)) throw error;
    if (context.signal?.aborted) throw endings.aborted(error);
    if (deadline.aborted) throw endings.timedOut(error);
    throw error;
  }
}

/** Milliseconds to the next multiple of `pause`: waits that run side by side look at the same moments, and their reads become one request. */
function untilNextTick(pause: number): number {
  return pause - (performance.now() % pause);
}

function timedOut({ what }: Waiting, image: GlanceImage, seconds: number, cause: unknown): GlanceError {
  return new GlanceError({
    code: "TIMEOUT",
    message: `${capital(nameOf(image))}: the ${what} was not finished after ${seconds} s; the image is ${image.status}`,
    hint: `${imageKept}. A larger waitTimeout (without one: customTimeouts) waits longer`,
    cause,
  });
}

function aborted({ image, what }: Waiting, context: LifecycleContext, cause: unknown): GlanceError {
  return ended({ subject: nameOf(image), what, outcome: imageKept }, context, cause);
}
