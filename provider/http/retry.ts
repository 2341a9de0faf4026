import type { GlanceError } from "./errors";

const longestRetryAfter = 120;
const longestPause = 30;

interface Tried {
  failure: GlanceError;
  attempts: number;
  retries: number;
  idempotent: boolean;
  bodyUsed: boolean;
}

export function mayRetry({ failure, attempts, retries, idempotent, bodyUsed }: Tried): boolean {
  if (attempts > retries || bodyUsed || (failure.facts.retryAfter ?? 0) > longestRetryAfter) return false;
  switch (failure.code) {
    case "CONNECT":
      return true;
    case "CONNECTION_LOST":
    case "TIMEOUT":
      return idempotent;
    case "HTTP_STATUS":
      return failure.status === 429 || (idempotent && [502, 503, 504].includes(failure.status ?? 0));
    default:
      return false;
  }
}

export function pauseBefore({ failure, attempts }: Tried, backoff: number): number {
  const exponential = Math.min(backoff * 2 ** (attempts - 1), longestPause);
  return Math.max(exponential * (0.5 + Math.random() / 2), failure.facts.retryAfter ?? 0);
}

export function retryAfterSeconds(value: string | undefined, now = Date.now()): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value.trim())) return Number(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - now) / 1000);
}
