import { z } from "zod";
import type { CheckFailure } from "../resource";
import { validate } from "../validate";
import type { GetImageInputs } from "./types";

const text = z.string({ error: "must be a string" });
const flag = z.boolean({ error: "must be true or false" });
const bytes = z.int({ error: "must be a whole number of bytes" }).min(0, { error: "must not be negative" });
const count = z.int({ error: "must be a whole number" }).min(1, { error: "must be at least 1" });
const oneOf = <const V extends readonly string[]>(...values: V) =>
  z.enum(values, { error: `must be one of ${values.join(", ")}` });
const time = text.regex(/^((gt|gte|eq|neq|lt|lte):)?\d{4}-\d{2}-\d{2}/, {
  error: "must be a time like gte:2026-01-31T12:00:00Z; the operators are gt, gte, eq, neq, lt, lte",
});

const shape = {
  ids: z.array(text, { error: "must be a list of strings" }),
  name: text,
  nameRegex: text.refine(isRegex, { error: "must be a regular expression" }),
  owner: text,
  status: text,
  visibility: oneOf("public", "private", "shared", "community", "all"),
  memberStatus: oneOf("accepted", "pending", "rejected", "all"),
  protected: flag,
  hidden: flag,
  diskFormat: text,
  containerFormat: text,
  tags: z.array(text, { error: "must be a list of strings" }),
  sizeMin: bytes,
  sizeMax: bytes,
  createdAt: time,
  updatedAt: time,
  properties: z.record(text, text, { error: "must be a map of strings" }),
  sort: text.regex(/^[a-z_]+(:(asc|desc))?(,[a-z_]+(:(asc|desc))?)*$/, {
    error: "must look like name:asc,created_at:desc",
  }),
  limit: count,
  maxResults: count,
  mostRecent: flag,
  cloud: text,
  region: text,
} satisfies { [K in keyof Required<GetImageInputs>]: z.ZodType<NonNullable<GetImageInputs[K]>> };

export function checkFilters(filters: object): CheckFailure[] {
  return validate(shape, filters as Record<string, unknown>).failures;
}

function isRegex(source: string): boolean {
  try {
    return new RegExp(source) !== null;
  } catch {
    return false;
  }
}
