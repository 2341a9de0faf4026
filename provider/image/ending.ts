import { GlanceError } from "../http/errors";
import { capital, type Limits } from "./spec";

/** What was under way when an operation was ended. */
export interface UnderWay {
  /** How messages call the image. */
  subject: string;
  /** E.g. `upload of "disk.raw"`. */
  what: string;
  /** What has become of it: a sentence without its full stop. */
  outcome: string;
}

export const nothingMade = "Nothing was made in the cloud";
export const nothingChanged = "Nothing was changed";
export const imageKept = "The image is kept: the next `pulumi up` goes on with it";
export const imageReplaced = "The image cannot be completed any more: the next `pulumi up` replaces it";

/** Why something did not come to its end: TIMEOUT where the operation's time was over, otherwise ABORTED. */
export function ended({ subject, what, outcome }: UnderWay, { signal, timeout }: Limits, cause: unknown): GlanceError {
  const late = outOfTime(signal);
  if (!late) {
    return new GlanceError({
      code: "ABORTED",
      message: `${capital(subject)}: the ${what} was cancelled`,
      hint: outcome,
      cause,
    });
  }
  const limit = timeout === undefined ? "the time" : `the ${timeout} s`;
  return new GlanceError({
    code: "TIMEOUT",
    message: `${capital(subject)}: the ${what} was not finished within ${limit} of customTimeouts`,
    hint: `${outcome}. ${late.facts.hint ?? "Raise customTimeouts"}`,
    cause,
  });
}

/** The error told as what ended the work, if it was the signal; any other stays as it is. */
export function toldAsEnded(error: unknown, underWay: UnderWay, limits: Limits): unknown {
  return limits.signal?.aborted && isBareAbort(error) ? ended(underWay, limits, error) : error;
}

/** Throws where the operation was ended, although its work is done. */
export function refuseEnded(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new GlanceError({ code: "ABORTED", message: "the operation was cancelled" });
}

/** Does the work; where the signal ends it, the error tells so. */
export async function orEnded<T>(underWay: UnderWay, limits: Limits, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toldAsEnded(error, underWay, limits);
  }
}

/** Whoever told of an abort already, and what it ended, said also what becomes of it. */
function isBareAbort(error: unknown): boolean {
  if (error instanceof GlanceError) return error.code === "ABORTED" && error.facts.hint === undefined;
  return (error as Partial<Error> | undefined)?.name === "AbortError";
}

function outOfTime(signal: AbortSignal | undefined): GlanceError | undefined {
  const reason: unknown = signal?.reason;
  return reason instanceof GlanceError && reason.code === "TIMEOUT" ? reason : undefined;
}

/** Seconds that may pass after the end of an operation until everything is in order. */
const patience = 15;

/** By the signal of their operation. */
const graces = new WeakMap<AbortSignal, AbortSignal>();

/**
 * For the requests that bring things in order: the end of their operation leaves them some seconds, all of them together, and nobody
 * waits longer.
 */
export function signalForCleaning({ signal }: Limits): AbortSignal | undefined {
  if (!signal) return undefined;
  const grace = graces.get(signal) ?? graceAfter(signal);
  graces.set(signal, grace);
  return grace;
}

function graceAfter(signal: AbortSignal): AbortSignal {
  const late = new AbortController();
  const begin = () => setTimeout(() => late.abort(signal.reason), patience * 1000).unref();
  if (signal.aborted) begin();
  else signal.addEventListener("abort", begin, { once: true });
  return late.signal;
}

/**
 * Does what must not be cut off, because only its answer says what was made. An end that comes before it prevents it; one that comes
 * meanwhile leaves it the seconds that cleaning has.
 */
export function uncut<T>(limits: Limits, work: (signal?: AbortSignal) => Promise<T>): Promise<T> {
  return work(limits.signal?.aborted ? limits.signal : signalForCleaning(limits));
}
