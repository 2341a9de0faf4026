const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"] as const;

/** An amount of data for people: `512 B`, `1.5 GiB`, `120 MiB`. */
export function bytesText(bytes: number): string {
  let [amount, unit] = [bytes, 0];
  // What rounds to 1024 of one unit is 1 of the next.
  while (Math.round(amount) >= 1024 && unit < units.length - 1) [amount, unit] = [amount / 1024, unit + 1];
  const digits = unit > 0 && Math.round(amount * 10) < 100 ? 1 : 0;
  return `${amount.toFixed(digits)} ${units[unit]}`;
}

/** A time for people in its two largest units: `12 s`, `2 min 5 s`, `1 h 3 min`. */
export function timeText(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
