import { isDeepStrictEqual } from "node:util";
import { own } from "../../own";
import { repr } from "./python";
import type { ValueSchema } from "./types";

type Step = string | number;

/** A rule of a schema that a value breaks, in the words of Python's jsonschema. */
export interface Violation {
  sentence: string;
  /** The rule, e.g. `type`. */
  rule: string;
  schema: ValueSchema;
  schemaPath: readonly Step[];
  /** Where the value stands in the whole. */
  path: readonly Step[];
  value: unknown;
}

interface Place {
  schema: ValueSchema;
  /** Has the definitions. */
  root: ValueSchema;
  schemaPath: readonly Step[];
  path: readonly Step[];
}

type Rule = (value: unknown, place: Place) => string | Violation[] | undefined;

/** Everything that is wrong with a value, in the order of the schema. */
export const violationsOf = (value: unknown, schema: ValueSchema): Violation[] =>
  violations(value, { schema, root: schema, schemaPath: [], path: [] });

function violations(value: unknown, place: Place): Violation[] {
  const { schema, schemaPath, path } = place;
  return Object.keys(schema).flatMap((rule) => {
    const found = own(rules, rule)?.(value, place) ?? [];
    if (typeof found !== "string") return found;
    return [{ sentence: found, rule, schema, schemaPath, path, value }];
  });
}

const rules: Record<string, Rule> = {
  type(value, { schema: { type = [] } }) {
    const types = [type].flat();
    if (types.some((name) => own(typeChecks, name)?.(value))) return undefined;
    return `${repr(value)} is not of type ${types.map(repr).join(", ")}`;
  },
  enum(value, { schema: { enum: allowed = [] } }) {
    return allowed.includes(value as string) ? undefined : `${repr(value)} is not one of ${repr(allowed)}`;
  },
  maxLength(value, { schema: { maxLength = 0 } }) {
    return typeof value === "string" && [...value].length > maxLength ? `${repr(value)} is too long` : undefined;
  },
  pattern(value, { schema: { pattern = "" } }) {
    if (typeof value !== "string" || new RegExp(pattern).test(value)) return undefined;
    return `${repr(value)} does not match ${repr(pattern)}`;
  },
  minimum(value, { schema: { minimum = 0 } }) {
    if (typeof value !== "number" || value >= minimum) return undefined;
    return `${repr(value)} is less than the minimum of ${repr(minimum)}`;
  },
  minItems(value, { schema: { minItems = 0 } }) {
    return Array.isArray(value) && value.length < minItems ? `${repr(value)} should be non-empty` : undefined;
  },
  uniqueItems(value, { schema: { uniqueItems } }) {
    if (!uniqueItems || !Array.isArray(value)) return undefined;
    const isRepeated = (item: unknown, index: number) =>
      value.slice(0, index).some((before) => isDeepStrictEqual(before, item));
    return value.some(isRepeated) ? `${repr(value)} has non-unique elements` : undefined;
  },
  items(value, place) {
    const { items } = place.schema;
    if (items === undefined || !Array.isArray(value)) return undefined;
    return value.flatMap((item, index) => violations(item, below(place, items, ["items"], [index])));
  },
  properties(value, place) {
    if (!isObject(value)) return undefined;
    const given = Object.entries(place.schema.properties ?? {}).filter(([name]) => Object.hasOwn(value, name));
    return given.flatMap(([name, schema]) =>
      violations(value[name], below(place, schema, ["properties", name], [name])),
    );
  },
  additionalProperties(value, place) {
    const { properties = {}, additionalProperties = true } = place.schema;
    if (!isObject(value) || additionalProperties === true) return undefined;
    const extra = Object.keys(value).filter((name) => !Object.hasOwn(properties, name));
    if (additionalProperties === false) return unexpected(extra);
    const step = ["additionalProperties"];
    return extra.flatMap((name) => violations(value[name], below(place, additionalProperties, step, [name])));
  },
  required(value, { schema: { required = [] } }) {
    const missing = isObject(value) ? required.find((name) => !Object.hasOwn(value, name)) : undefined;
    return missing === undefined ? undefined : `${repr(missing)} is a required property`;
  },
  allOf(value, place) {
    return place.schema.allOf?.flatMap((schema, index) =>
      violations(value, below(place, schema, ["allOf", index], [])),
    );
  },
  $ref(value, place) {
    const name = place.schema.$ref?.replace("#/definitions/", "") ?? "";
    return violations(value, below(place, place.root.definitions?.[name] ?? {}, [], []));
  },
};

const below = (place: Place, schema: ValueSchema, schemaSteps: readonly Step[], steps: readonly Step[]): Place => ({
  ...place,
  schema,
  schemaPath: [...place.schemaPath, ...schemaSteps],
  path: [...place.path, ...steps],
});

function unexpected(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const verb = names.length === 1 ? "was" : "were";
  return `Additional properties are not allowed (${[...names].sort().map(repr).join(", ")} ${verb} unexpected)`;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const typeChecks: Record<string, (value: unknown) => boolean> = {
  null: (value) => value === null,
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  integer: (value) => Number.isInteger(value),
  number: (value) => typeof value === "number",
  array: Array.isArray,
  object: isObject,
};
