import type { ErrorFacts } from "./errors";

/** What the decision needs to know about the call beside its failure. Times are in seconds. */
export interface Trial {
  /** Attempts made so far, at least 1. */
  attempts: number;
  /** Attempts allowed after the first. */
  retries: number;
  /** First pause; it doubles from attempt to attempt. */
  backoff: number;
  /** Time left for pauses and further attempts. */
  remaining: number;
  /** Whether sending the call twice does no harm. */
  idempotent: boolean;
  /** Whether a byte was read from the body, which then cannot be sent again. */
  bodyRead: boolean;
  /** A number from 0 to 1 that spreads clients which failed together. */
  random: number;
}

const longestPause = 30;

/**
 * Seconds to wait before the next attempt; undefined when there must be none. A server that asks for a longer pause than the time that is
 * left gets no further attempt: coming back earlier would only add to its load.
 */
export function pauseBeforeRetry(failure: ErrorFacts, trial: Trial): number | undefined {
  if (trial.attempts > trial.retries || !mayRepeat(failure, trial)) return undefined;
  const growing = Math.min(trial.backoff * 2 ** (trial.attempts - 1), longestPause);
  const pause = Math.max(growing * (0.5 + trial.random / 2), failure.retryAfter ?? 0);
  return pause < trial.remaining ? pause : undefined;
}

function mayRepeat(failure: ErrorFacts, { idempotent, bodyRead }: Trial): boolean {
  if (bodyRead) return false;
  switch (failure.code) {
    case "CONNECT":
    case "CONNECTION_LOST":
    case "TIMEOUT":
      return !isLasting(failure) && (idempotent || failure.notSent === true);
    case "HTTP_STATUS":
      return isRateLimit(failure.status, failure.retryAfter) || mayRepeatStatus(failure.status, idempotent);
    default:
      // Certificates, configuration, refusals and cancellation stay what they are however often one asks.
      return false;
  }
}

function mayRepeatStatus(status: number | undefined, idempotent: boolean): boolean {
  switch (status) {
    case 502:
    case 503:
    case 504:
      // A gateway that lost its backend cannot know how far the backend came, and may ask to come back later all the same.
      return idempotent;
    default:
      return false;
  }
}

/** True where a rate limiter answered instead of the service: nothing was done. Up to Icehouse, Nova's says 413 and when to come back. */
export function isRateLimit(status: number | undefined, retryAfter: number | undefined): boolean {
  return status === 429 || (status === 413 && (retryAfter ?? 0) > 0);
}

/** A name that does not exist is mistyped far more often than late; EAI_AGAIN is what a resolver in trouble says. */
function isLasting({ cause }: ErrorFacts): boolean {
  return (cause as NodeJS.ErrnoException | undefined)?.code === "ENOTFOUND";
}

/** Seconds in a `Retry-After` header: a number, or an HTTP date relative to `now` (milliseconds since 1970). RFC 9110, 10.2.3. */
export function retryAfterSeconds(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d+\s*$/.test(header)) return Number(header);
  const date = /[a-z]/i.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}
