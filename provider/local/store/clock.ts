let last = 0n;

/**
 * The time as ISO 8601 text in UTC with microseconds, e.g. `2026-01-31T12:00:00.123456`. Later calls give greater texts, so that records
 * sort in the order in which they were made.
 */
export function now(): string {
  const current = BigInt(Date.now()) * 1000n;
  last = current > last ? current : last + 1n;
  return microseconds(last);
}

/** The time `seconds` after `time`. */
export function later(time: string, seconds: number): string {
  const fraction = time.slice(time.indexOf(".") + 4);
  return new Date(Date.parse(`${time}Z`) + seconds * 1000).toISOString().replace("Z", fraction);
}

function microseconds(time: bigint): string {
  const milliseconds = new Date(Number(time / 1000n)).toISOString().slice(0, -1);
  return milliseconds + String(time % 1000n).padStart(3, "0");
}
