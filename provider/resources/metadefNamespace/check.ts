import { z } from "zod";
import { capabilitiesAt, notEmpty, placeShape } from "../place";
import type { CheckFailure, CheckResult, ResourceContext } from "../resource";
import { isUnknown, type Previewed } from "../unknown";
import { requireInputs, validate } from "../validate";
import type {
  MetadefNamespaceInputs,
  MetadefObject,
  MetadefProperty,
  MetadefPropertyItems,
  MetadefResourceType,
} from "./types";

type Shape<T> = { [K in keyof Required<T>]: z.ZodType };

const text = z.string({ error: "must be a string" });
const flag = z.boolean({ error: "must be true or false, not a string" });
const texts = z.array(text, { error: "must be a list of strings" });
const short = (most: number) => text.max(most, { error: `must have at most ${most} characters` });
const whole = z.int({ error: "must be a whole number" });
const count = whole.min(0, { error: "must not be negative" });
const valueType = z.enum(["array", "boolean", "integer", "number", "object", "string"], {
  error: "must be one of array, boolean, integer, number, object, string",
});
// Glance stores longer names in part, and routes no request to a name with a slash (glance/api/v2/router.py).
const name = notEmpty.max(80, { error: "must have at most 80 characters" }).regex(/^(?!\.{1,2}$)[^/]*$/, {
  error: 'must not contain a slash nor be "." or "..": Glance could not find it again',
});

/** An object with these inputs and no others: Glance answers 500 to what it does not know. */
function only<T>(what: string, shape: Shape<T>, optional: readonly (keyof T)[]) {
  const members = Object.entries(shape).map(([key, value]) => {
    const schema = value as z.ZodType;
    return [key, optional.includes(key as keyof T) ? schema.nullish() : schema] as const;
  });
  const known = Object.keys(shape).join(", ");
  return z.strictObject(Object.fromEntries(members), {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `${issue.keys.join(", ")} is nothing that ${what} says; it says ${known}`
        : `must be ${what}`,
  });
}

const items = only<MetadefPropertyItems>("a description of elements", { type: valueType, enum: texts }, ["enum"]);

const propertyShape: Shape<MetadefProperty> = {
  title: text,
  type: valueType,
  description: text,
  operators: texts,
  enum: texts,
  default: z.string({ error: 'must be a string, e.g. "true" or "5": Glance keeps nothing else' }),
  readonly: flag,
  minimum: whole,
  maximum: whole,
  minLength: count,
  maxLength: count,
  pattern: text,
  items,
  minItems: count,
  maxItems: count,
  uniqueItems: flag,
  additionalItems: flag,
};
const optionalInProperty = Object.keys(propertyShape).filter((key) => key !== "title" && key !== "type");
const property = only<MetadefProperty>("a property", propertyShape, optionalInProperty as (keyof MetadefProperty)[]);
const properties = z.record(name, property, { error: "must be a map of properties by their names" });

const object = only<MetadefObject>("an object", { name, description: text, required: texts, properties }, [
  "description",
  "required",
  "properties",
]);

const resourceType = only<MetadefResourceType>(
  "a resource type",
  { name, prefix: short(80), propertiesTarget: short(80) },
  ["prefix", "propertiesTarget"],
);

const shape: Shape<MetadefNamespaceInputs> = {
  ...placeShape,
  namespace: name,
  displayName: short(80),
  description: short(500),
  visibility: z.enum(["public", "private"], { error: "must be one of public, private" }),
  protected: flag,
  owner: notEmpty.max(255, { error: "must have at most 255 characters" }),
  objects: z.array(object, { error: "must be a list of objects" }),
  properties,
  tags: z.array(notEmpty.max(80, { error: "must have at most 80 characters" }), { error: "must be a list of strings" }),
  resourceTypeAssociations: z.array(resourceType, { error: "must be a list of resource types" }),
};

export async function checkMetadefNamespace(
  news: Record<string, unknown>,
  context: ResourceContext,
): Promise<CheckResult<MetadefNamespaceInputs>> {
  const { inputs, failures } = validate<MetadefNamespaceInputs>(shape, news);
  failures.push(...requireInputs(inputs, ["namespace"]), ...lacksCatalog(inputs, context));
  if (failures.length === 0) failures.push(...repeated(inputs));
  return { inputs, failures };
}

function lacksCatalog(inputs: Previewed<MetadefNamespaceInputs>, context: ResourceContext): CheckFailure[] {
  const capabilities = capabilitiesAt(inputs, context);
  if (!capabilities || capabilities.catalog) return [];
  return [
    { property: "", reason: `${capabilities.title} has no metadata definitions; the Image API v2 (api: v2) has` },
  ];
}

/** Objects and resource types are known by their names. */
function* repeated(inputs: Previewed<MetadefNamespaceInputs>): Iterable<CheckFailure> {
  for (const part of ["objects", "resourceTypeAssociations"] as const) {
    const list = inputs[part];
    if (list === undefined || isUnknown(list)) continue;
    const names = list.map((one) => (isUnknown(one) ? one : one.name));
    for (const [index, one] of names.entries()) {
      if (!isUnknown(one) && names.indexOf(one) < index) {
        yield { property: `${part}[${index}]`, reason: `"${String(one)}" is in the list before` };
      }
    }
  }
}
