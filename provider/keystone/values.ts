import { type DocumentOptions, type ParseOptions, parseDocument, type SchemaOptions } from "yaml";
import { GlanceError } from "../http/errors";

/** A value of a configuration file. Every scalar is the text that was written: `0123` and `1e10` may be passwords. */
export type Value = string | null | readonly Value[] | Mapping;

/** Keys are foreign; in a Map `__proto__` is one like any other. */
export type Mapping = ReadonlyMap<string, Value>;

export const isMapping = (value: Value | undefined): value is Mapping => value instanceof Map;

// The core schema would make numbers, dates and truth values of texts that mean none.
const onlyTexts: DocumentOptions & ParseOptions & SchemaOptions = {
  schema: "failsafe",
  customTags: ["null", "merge"],
  uniqueKeys: false,
};

/** Reads YAML, and JSON as its subset. The error says where, and never quotes the text: it may hold a password. */
export function parseValue(text: string): Value {
  const document = parseDocument(text, onlyTexts);
  const [error] = document.errors;
  if (error) throw new Error(`no valid YAML (${error.code}, line ${error.linePos?.[0].line ?? 1})`);
  try {
    return toValue(document.toJS({ mapAsMap: true, maxAliasCount: 100 }));
  } catch {
    throw new Error("no valid YAML (aliases that are unknown or too many, or too deep)");
  }
}

function toValue(raw: unknown): Value {
  if (Array.isArray(raw)) return raw.map(toValue);
  if (!(raw instanceof Map)) return raw === null || raw === undefined ? null : String(raw);
  const members = [...raw].filter((member): member is [string, unknown] => typeof member[0] === "string");
  return new Map(members.map(([key, value]) => [key, toValue(value)]));
}

/** The second's members win; mappings are merged, and an empty value does not undo one. */
export function mergeDeep(first: Mapping, second: Mapping): Mapping {
  const merged = new Map(first);
  for (const [key, value] of second) {
    const before = first.get(key);
    if (!isMapping(before)) merged.set(key, value);
    else if (value !== null) merged.set(key, isMapping(value) ? mergeDeep(before, value) : value);
  }
  return merged;
}

/** Hyphens in keys count as underscores. */
export function withUnderscores(mapping: Mapping): Mapping {
  const renamed = ([key, value]: [string, Value]) =>
    [key.replaceAll("-", "_"), isMapping(value) ? withUnderscores(value) : value] as const;
  return new Map([...mapping].map(renamed));
}

/** The mapping under `key`, empty when there is none. `where` names the owner in the error. */
export function mappingIn(owner: Mapping, key: string, where: string): Mapping {
  return asMapping(owner.get(key), `"${key}" in ${where}`);
}

export function asMapping(value: Value | undefined, what: string): Mapping {
  if (value === undefined || value === null) return new Map();
  if (isMapping(value)) return value;
  throw wrongShape(`${what} is ${kindOf(value)} instead of a mapping`);
}

/** Undefined for a value that is missing or empty. `what` names it in the error; the value itself may be a secret. */
export function asText(value: Value | undefined, what: string): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value === "string") return value;
  throw wrongShape(`${what} is ${kindOf(value)} instead of a text`);
}

function kindOf(value: NonNullable<Value>): string {
  if (typeof value === "string") return "a text";
  return isMapping(value) ? "a mapping" : "a list";
}

export function wrongShape(message: string): GlanceError {
  return new GlanceError({ code: "CONFIG", message });
}
