import type { PackageSpec } from "./pulumi";

/** The text of schema.json: keys in alphabetical order, the version last, so that a release changes its last line only. */
export function print({ version, ...schema }: PackageSpec): string {
  return `${JSON.stringify({ ...(sorted(schema) as object), version }, null, 2)}\n`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
