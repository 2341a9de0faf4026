/** Compares the first two numbers of versions such as `v3.259.0`. */
export function isOlder(version, minimum) {
  const [a, b] = [version, minimum].map((text) => text.replace(/^\D+/, "").split(".").map(Number));
  return a[0] !== b[0] ? a[0] < b[0] : (a[1] ?? 0) < (b[1] ?? 0);
}
