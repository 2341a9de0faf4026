import { GlanceError } from "./errors";

/** Aborts when any of the given signals does. */
export function anyOf(...signals: (AbortSignal | undefined)[]): AbortSignal {
  return AbortSignal.any(signals.filter((signal) => signal !== undefined));
}

export function cancelled(): GlanceError {
  return new GlanceError({ code: "ABORTED", message: "the operation was cancelled" });
}
