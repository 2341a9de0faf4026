import { own } from "../../own";
import type { Named } from "../../store/metadefs";
import type { Parameters } from "../list/parameters";
import { refuse } from "../refusal";

type Value = string | number | null;

/** What records can be sorted by. */
export type SortKeys<T> = Record<string, (record: T) => Value>;

/** What a list asks for, as far as all lists have it. */
export interface Paging {
  sortKey: string;
  direction: "asc" | "desc";
  marker: string | undefined;
}

/** Takes these parameters out. Throws 400 in the order in which Glance finds faults. */
export function takePaging(parameters: Parameters): Paging {
  const marker = parameters.take("marker");
  const direction = parameters.take("sort_dir") ?? "desc";
  const sortKey = parameters.take("sort_key") ?? "created_at";
  if (direction !== "asc" && direction !== "desc") throw refuse(400, `Invalid sort direction: ${direction}`);
  return { sortKey, direction, marker };
}

/**
 * The records after `marker` in this order, then in that of their creation. Missing values come last in ascending order, as in PostgreSQL,
 * and are not compared with the marker. Throws an error that is answered with 500 for a key that is none.
 */
export function pageOf<T extends Named>(
  records: readonly T[],
  keys: SortKeys<T>,
  { sortKey, direction }: Paging,
  marker: T | undefined,
  limit: number | undefined,
): T[] {
  const first = own(keys, sortKey);
  if (first === undefined) throw new TypeError(`no key is called ${sortKey}`);
  const order = [first, ({ createdAt }: T) => createdAt];
  const sign = direction === "asc" ? 1 : -1;
  const remaining = marker === undefined ? records : records.filter((record) => isAfter(record, marker, order, sign));
  return [...remaining].sort((a, b) => sign * compareInOrder(a, b, order)).slice(0, limit);
}

type Order<T> = readonly ((record: T) => Value)[];

function isAfter<T>(record: T, marker: T, order: Order<T>, sign: number): boolean {
  for (const keyOf of order) {
    const limit = keyOf(marker);
    if (limit === null) continue;
    const value = keyOf(record);
    if (value === null) return false;
    if (value !== limit) return sign * compare(value, limit) > 0;
  }
  return false;
}

function compareInOrder<T>(a: T, b: T, order: Order<T>): number {
  return order.map((keyOf) => compare(keyOf(a), keyOf(b))).find((difference) => difference !== 0) ?? 0;
}

function compare(a: Value, b: Value): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
}
