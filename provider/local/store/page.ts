import type { Image } from "./image";

/** What images can be sorted by. */
export const sortKeys = [
  "name",
  "status",
  "containerFormat",
  "diskFormat",
  "size",
  "id",
  "createdAt",
  "updatedAt",
] as const;

export type SortKey = (typeof sortKeys)[number];

export interface SortOrder {
  key: SortKey;
  direction: "asc" | "desc";
}

type Value = string | number | null;

/**
 * The images after `marker`, at most `limit`, in this order. Missing values come last in ascending order, as in PostgreSQL, but count as
 * empty where a marker is compared, as in glance/db/sqlalchemy/api.py.
 */
export function page(
  images: readonly Image[],
  order: readonly SortOrder[],
  { marker, limit }: { marker: Image | undefined; limit: number },
): Image[] {
  const remaining =
    marker === undefined ? images : images.filter((image) => compareWithEmpty(image, marker, order) > 0);
  return [...remaining].sort((a, b) => compareInOrder(a, b, order)).slice(0, limit);
}

function compareInOrder(a: Image, b: Image, order: readonly SortOrder[]): number {
  return firstDifference(order, ({ key, direction }) => signed(compareNullsLast(a[key], b[key]), direction));
}

function compareWithEmpty(a: Image, b: Image, order: readonly SortOrder[]): number {
  const filled = (image: Image, key: SortKey) => image[key] ?? (key === "size" ? 0 : "");
  return firstDifference(order, ({ key, direction }) => signed(compare(filled(a, key), filled(b, key)), direction));
}

const signed = (comparison: number, direction: SortOrder["direction"]) =>
  direction === "asc" ? comparison : -comparison;

function firstDifference(order: readonly SortOrder[], difference: (by: SortOrder) => number): number {
  for (const by of order) {
    const found = difference(by);
    if (found !== 0) return found;
  }
  return 0;
}

function compareNullsLast(a: Value, b: Value): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return compare(a, b);
}

function compare(a: string | number, b: string | number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
