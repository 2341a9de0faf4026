import { z } from "zod";
import { apiNames } from "../../glance/apiNames";
import type { CheckFailure } from "../resource";
import { validate } from "../validate";
import { sortDirections, sortKeys } from "./sort";
import type { GetImageInputs } from "./types";

const text = z.string({ error: "must be a string" });
const flag = z.boolean({ error: "must be true or false" });
const bytes = z.int({ error: "must be a whole number of bytes" }).min(0, { error: "must not be negative" });
const amount = (unit: string) =>
  z.int({ error: `must be a whole number of ${unit}` }).min(0, { error: "must not be negative" });
const count = z.int({ error: "must be a whole number" }).min(1, { error: "must be at least 1" });
const oneOf = <const V extends readonly string[]>(...values: V) =>
  z.enum(values, { error: `must be one of ${values.join(", ")}` });
const listOf = <T extends z.ZodType>(element: T) =>
  z.array(element, { error: "must be a list of strings" }).min(1, { error: "must not be an empty list" });
const wordsOf = (values: readonly string[]) =>
  text.refine((list) => list.split(",").every((word) => values.includes(word.trim())), {
    error: `must be a comma-separated list of ${values.join(", ")}`,
  });

const time = text.refine(isTime, { error: "must be a time like 2026-01-31T12:00:00Z or 2026-01-31T13:00:00+01:00" });
const comparedTime = text.refine((value) => isTime(value.replace(/^(gt|gte|eq|neq|lt|lte):/, "")), {
  error: "must be a time like gte:2026-01-31T12:00:00Z; the operators are gt, gte, eq, neq, lt, lte",
});
const status = oneOf(
  ...(["queued", "saving", "uploading", "importing", "active"] as const),
  ...(["deactivated", "killed", "deleted", "pending_delete"] as const),
);

const shape = {
  ids: z.array(text, { error: "must be a list of strings" }),
  name: text,
  names: listOf(text),
  nameRegex: text.refine(isRegex, { error: "must be a regular expression" }),
  owner: text,
  status,
  statuses: listOf(status),
  visibility: oneOf("public", "private", "shared", "community", "all"),
  memberStatus: oneOf("accepted", "pending", "rejected", "all"),
  isPublic: flag,
  protected: flag,
  hidden: flag,
  diskFormat: text,
  diskFormats: listOf(text),
  containerFormat: text,
  containerFormats: listOf(text),
  tags: z.array(text, { error: "must be a list of strings" }),
  minDisk: amount("GiB"),
  minRam: amount("MiB"),
  sizeMin: bytes,
  sizeMax: bytes,
  createdAt: comparedTime,
  updatedAt: comparedTime,
  changesSince: time,
  server: text,
  type: oneOf("ALL", "BASE", "SERVER"),
  properties: z.record(text, text, { error: "must be a map of strings" }),
  sort: text.refine(isSort, {
    error: `must look like name:asc,created_at:desc; the keys are ${sortKeys.join(", ")}`,
  }),
  sortKey: wordsOf(sortKeys),
  sortDir: wordsOf(sortDirections),
  limit: count,
  marker: text.min(1, { error: "must be the id of an image" }),
  maxResults: count,
  detail: flag,
  mostRecent: flag,
  cloud: text,
  region: text,
  api: oneOf("auto", ...apiNames),
} satisfies { [K in keyof Required<GetImageInputs>]: z.ZodType<NonNullable<GetImageInputs[K]>> };

/** What is wrong with the filters, whatever the image API. */
export function checkFilters(filters: object): CheckFailure[] {
  const { failures } = validate(shape, filters as Record<string, unknown>);
  return failures.length > 0 ? failures : [...contradictions(filters)];
}

function* contradictions(filters: GetImageInputs): Iterable<CheckFailure> {
  const { sort, sortKey, sortDir, sizeMin, sizeMax, detail, mostRecent } = filters;
  for (const one of ["name", "status", "diskFormat", "containerFormat"] as const) {
    const many = one === "status" ? "statuses" : (`${one}s` as const);
    if (filters[one] !== undefined && filters[many] !== undefined)
      yield { property: many, reason: `cannot be given together with ${one}` };
  }
  if (sort !== undefined && (sortKey ?? sortDir) !== undefined)
    yield { property: "sort", reason: "cannot be given together with sortKey or sortDir" };
  const [keys, directions] = [sortKey, sortDir].map((list) => list?.split(",").length ?? 1) as [number, number];
  if (directions > 1 && directions !== keys)
    yield { property: "sortDir", reason: "must have one direction for all keys, or one for each" };
  if (sizeMin !== undefined && sizeMax !== undefined && sizeMin > sizeMax)
    yield { property: "sizeMax", reason: "must not be less than sizeMin" };
  if (detail === false && mostRecent)
    yield { property: "mostRecent", reason: "needs creation times, which the brief list (detail: false) leaves out" };
}

function isSort(text: string): boolean {
  return text.split(",").every((part) => {
    const [key = "", direction = "desc", ...more] = part.split(":");
    return sortKeys.includes(key) && sortDirections.includes(direction) && more.length === 0;
  });
}

/** ISO 8601 as Glance reads it: a date, or a date and a time with an optional zone. */
function isTime(text: string): boolean {
  const pattern = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;
  return pattern.test(text) && !Number.isNaN(Date.parse(text.replace(" ", "T").replace(/([+-]\d\d)(\d\d)$/, "$1:$2")));
}

function isRegex(source: string): boolean {
  try {
    return new RegExp(source) !== null;
  } catch {
    return false;
  }
}
