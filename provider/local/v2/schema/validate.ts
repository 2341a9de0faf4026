import { Fault } from "../../store/fault";
import { imageProperties } from "./image";
import { repr } from "./python";
import type { ValueSchema } from "./types";

interface Violation {
  sentence: string;
  /** The rule that is broken, e.g. `type`. */
  rule: string;
  schema: ValueSchema;
  /** Where the schema and the value stand, as Python expressions: `['name']`. */
  schemaPath: string;
  path: string;
  depth: number;
  value: unknown;
}

type Place = Pick<Violation, "schemaPath" | "path" | "depth">;

const property: ValueSchema = { type: "string" };

/** Throws `invalid` for attributes that violate the image schema, with the sentence of Python's jsonschema. */
export function validateImage(fields: Record<string, unknown>): void {
  const found = [...baseViolations(fields), ...propertyViolations(fields)];
  const worst = found.reduce<Violation | undefined>(
    (best, one) => (best === undefined || one.depth < best.depth ? one : best),
    undefined,
  );
  if (worst !== undefined) throw new Fault("invalid", description(worst));
}

function baseViolations(fields: Record<string, unknown>): Violation[] {
  return Object.entries(imageProperties).flatMap(([name, schema]) => {
    if (!Object.hasOwn(fields, name)) return [];
    const place = { schemaPath: `['properties'][${repr(name)}]`, path: `[${repr(name)}]`, depth: 1 };
    return violations(fields[name], schema, place);
  });
}

function propertyViolations(fields: Record<string, unknown>): Violation[] {
  const names = Object.keys(fields).filter((name) => !Object.hasOwn(imageProperties, name));
  return names.flatMap((name) => {
    const place = { schemaPath: "['additionalProperties']", path: `[${repr(name)}]`, depth: 1 };
    return violations(fields[name], property, place);
  });
}

function violations(value: unknown, schema: ValueSchema, place: Place): Violation[] {
  const found: Violation[] = [];
  const add = (rule: string, sentence: string) => found.push({ ...place, rule, sentence, schema, value });
  const types = [schema.type].flat();
  if (!types.some((type) => typeChecks[type]?.(value))) {
    add("type", `${repr(value)} is not of type ${types.map(repr).join(", ")}`);
  }
  if (schema.enum && !schema.enum.includes(value as string)) {
    add("enum", `${repr(value)} is not one of ${repr(schema.enum)}`);
  }
  if (typeof value === "string") {
    const { maxLength = Number.POSITIVE_INFINITY, pattern } = schema;
    if ([...value].length > maxLength) add("maxLength", `${repr(value)} is too long`);
    if (pattern !== undefined && !new RegExp(pattern).test(value)) {
      add("pattern", `${repr(value)} does not match ${repr(pattern)}`);
    }
  }
  return [...found, ...itemViolations(value, schema, place), ...memberViolations(value, schema, place)];
}

function itemViolations(value: unknown, { items }: ValueSchema, place: Place): Violation[] {
  if (items === undefined || !Array.isArray(value)) return [];
  const { schemaPath, path, depth } = place;
  return value.flatMap((item, index) =>
    violations(item, items, { schemaPath: `${schemaPath}['items']`, path: `${path}[${index}]`, depth: depth + 1 }),
  );
}

function memberViolations(value: unknown, schema: ValueSchema, place: Place): Violation[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  const missing = schema.required?.find((name) => !Object.hasOwn(value, name));
  if (missing === undefined) return [];
  return [{ ...place, rule: "required", sentence: `${repr(missing)} is a required property`, schema, value }];
}

const typeChecks: Record<string, (value: unknown) => boolean> = {
  null: (value) => value === null,
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  integer: (value) => Number.isInteger(value),
  array: Array.isArray,
  object: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

function description({ sentence, rule, schema, schemaPath, path, value }: Violation): string {
  const broken = `Failed validating '${rule}' in schema${schemaPath}:\n    ${repr(schema)}`;
  const instance = `On instance${path}:\n    ${repr(value)}`;
  return `Provided object does not match schema 'image': ${sentence}\n\n${broken}\n\n${instance}`;
}
