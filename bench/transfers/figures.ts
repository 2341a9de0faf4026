/** `name: median X s (a to b), ratio R, peak M MiB`. */
export function figure(
  name: string,
  seconds: readonly number[],
  { floor, peak }: { floor?: readonly number[]; peak?: number | undefined } = {},
): string {
  const times = `median ${median(seconds).toFixed(2)} s (${Math.min(...seconds).toFixed(2)} to ${Math.max(...seconds).toFixed(2)})`;
  const ratio = floor && `ratio ${(median(seconds) / median(floor)).toFixed(2)}`;
  return `${name}: ${[times, ratio, peak !== undefined && `peak ${peak} MiB`].filter(Boolean).join(", ")}`;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
