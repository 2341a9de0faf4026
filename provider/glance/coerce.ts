import { GlanceError } from "../http/errors";

/** Reads a value of a server's JSON. `where` names it in the BAD_RESPONSE that a wrong type throws. */
export type Decode<T> = (value: unknown, where: string) => T;

export type JsonObject = Readonly<Record<string, unknown>>;

export const asObject: Decode<JsonObject> = (value, where) => {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw wrongType(value, where, "an object");
};

export const asString: Decode<string> = (value, where) => {
  if (typeof value === "string") return value;
  throw wrongType(value, where, "a string");
};

/** Whole numbers, also written as a string as some clouds do. */
export const asInteger: Decode<number> = (value, where) => {
  const number = typeof value === "string" && /^-?\d+$/.test(value.trim()) ? Number(value) : value;
  if (typeof number === "number" && Number.isSafeInteger(number)) return number;
  throw wrongType(value, where, "a whole number");
};

/** Booleans, also written as a string in any case. */
export const asBoolean: Decode<boolean> = (value, where) => {
  const word = typeof value === "string" ? value.toLowerCase() : value;
  if (word === true || word === "true") return true;
  if (word === false || word === "false") return false;
  throw wrongType(value, where, "true or false");
};

const timePattern = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d+)?)(?:Z|([+-]\d\d):?(\d\d))?$/i;

/** A time as RFC 3339 in UTC; one without a zone is UTC already, and keeps its fraction of a second. */
export const asTime: Decode<string> = (value, where) => {
  const [, date, time, hours = "+00", minutes = "00"] = timePattern.exec(asString(value, where)) ?? [];
  const moment = new Date(`${date}T${time}${hours}:${minutes}`);
  if (Number.isNaN(moment.getTime())) throw wrongType(value, where, "a time");
  return Number(hours) === 0 && minutes === "00" ? `${date}T${time}Z` : moment.toISOString();
};

/** `null` where the value is null or missing. */
export function nullable<T>(decode: Decode<T>): Decode<T | null> {
  return (value, where) => (value === null || value === undefined ? null : decode(value, where));
}

/** `fallback` where the value is null or missing. */
export function withDefault<T>(decode: Decode<T>, fallback: T): Decode<T> {
  return (value, where) => nullable(decode)(value, where) ?? fallback;
}

export function listOf<T>(decode: Decode<T>): Decode<T[]> {
  return (value, where) => {
    if (!Array.isArray(value)) throw wrongType(value, where, "a list");
    return value.map((item, index) => decode(item, `${where}[${index}]`));
  };
}

/** The parts of `a, b`; none for an empty text. */
export const asCommaList: Decode<string[]> = (value, where) =>
  asString(value, where)
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** Reads own members of a JSON object, never what every JavaScript object inherits. */
export function member<T>(object: JsonObject, name: string, decode: Decode<T>, where: string): T {
  return decode(Object.hasOwn(object, name) ? object[name] : undefined, `${where}.${name}`);
}

/** An object whose keys are foreign: without a prototype, so that `__proto__` and `constructor` are keys like any other. */
export function record<T>(entries: Iterable<readonly [string, T]>): Record<string, T> {
  const result: Record<string, T> = Object.create(null);
  for (const [key, value] of entries) result[key] = value;
  return result;
}

function wrongType(value: unknown, where: string, expected: string): GlanceError {
  return new GlanceError({ code: "BAD_RESPONSE", message: `${where} is ${typeName(value)} instead of ${expected}` });
}

function typeName(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  return `the ${typeof value} ${JSON.stringify(value).slice(0, 40)}`;
}
