import { type NamedSchema, text, type ValueSchema } from "../schema/types";

const types = { type: "string", enum: ["array", "boolean", "integer", "number", "object", "string", null] };
const string: ValueSchema = { type: "string" };
const nameSchema: ValueSchema = { type: "string", maxLength: 80 };
const computed: ValueSchema = { readOnly: true, type: "string" };
const time = (description: string) => text(description, { readOnly: true, format: "date-time" });
const reference = (name: string): ValueSchema => ({ $ref: `#/definitions/${name}` });

const numbers: Record<string, ValueSchema> = {
  positiveInteger: { type: "integer", minimum: 0 },
  positiveIntegerDefault0: { allOf: [reference("positiveInteger"), { default: 0 }] },
};

const stringArray: ValueSchema = { type: "array", items: string, uniqueItems: true };

/** What a property may be told to be (glance/api/v2/metadef_namespaces.py, get_schema_definitions). */
const propertyFields: Record<string, ValueSchema> = {
  name: nameSchema,
  title: string,
  description: string,
  operators: { type: "array", items: string },
  type: types,
  required: reference("stringArray"),
  minimum: { type: "number" },
  maximum: { type: "number" },
  maxLength: reference("positiveInteger"),
  minLength: reference("positiveIntegerDefault0"),
  pattern: { type: "string", format: "regex" },
  enum: { type: "array" },
  readonly: { type: "boolean" },
  default: {},
  items: { type: "object", properties: { type: types, enum: { type: "array" } } },
  maxItems: reference("positiveInteger"),
  minItems: reference("positiveIntegerDefault0"),
  uniqueItems: { type: "boolean", default: false },
  additionalItems: { type: "boolean" },
};

const definitions: Record<string, ValueSchema> = {
  ...numbers,
  stringArray,
  property: {
    type: "object",
    additionalProperties: { type: "object", required: ["title", "type"], properties: propertyFields },
  },
};

/** A property in an object or namespace, where its name stands before it. */
export const namelessPropertySchema: NamedSchema = {
  name: "property",
  properties: propertyFields,
  additionalProperties: false,
  definitions: { ...numbers, stringArray: { ...stringArray, minItems: 1 } },
  required: ["type", "title"],
};

export const propertySchema: NamedSchema = { ...namelessPropertySchema, required: ["type", "title", "name"] };

const objectFields: Record<string, ValueSchema> = {
  name: string,
  description: string,
  required: reference("stringArray"),
  properties: reference("property"),
};

export const objectSchema: NamedSchema = {
  name: "object",
  properties: {
    ...objectFields,
    name: nameSchema,
    schema: computed,
    self: computed,
    created_at: time("Date and time of object creation"),
    updated_at: time("Date and time of the last object modification"),
  },
  additionalProperties: false,
  definitions,
  required: ["name"],
};

export const tagSchema: NamedSchema = {
  name: "tag",
  properties: {
    name: nameSchema,
    created_at: time("Date and time of tag creation"),
    updated_at: time("Date and time of the last tag modification"),
  },
  additionalProperties: false,
  required: ["name"],
};

/** The tags that are to be made at once. */
export const tagsSchema: NamedSchema = {
  name: "tags",
  properties: {
    tags: {
      type: "array",
      items: { type: "object", properties: { name: string }, required: ["name"], additionalProperties: false },
    },
  },
  additionalProperties: false,
};

export const associationSchema: NamedSchema = {
  name: "resource_type_association",
  properties: {
    name: text(
      "Resource type names should be aligned with Heat resource types whenever possible: https://docs.openstack.org/heat/latest/template_guide/openstack.html",
      { maxLength: 80 },
    ),
    prefix: text(
      "Specifies the prefix to use for the given resource type. Any properties in the namespace should be prefixed with this prefix when being applied to the specified resource type. Must include prefix separator (e.g. a colon :).",
      { maxLength: 80 },
    ),
    properties_target: text(
      "Some resource types allow more than one key / value pair per instance.  For example, Cinder allows user and image metadata on volumes. Only the image properties metadata is evaluated by Nova (scheduling or drivers). This property allows a namespace target to remove the ambiguity.",
      { maxLength: 80 },
    ),
    created_at: time("Date and time of resource type association"),
    updated_at: time("Date and time of the last resource type association modification"),
  },
  additionalProperties: false,
  required: ["name"],
};

const listOf = (fields: Record<string, ValueSchema>): ValueSchema => ({
  type: "array",
  items: { type: "object", properties: fields },
});

export const namespaceSchema: NamedSchema = {
  name: "namespace",
  properties: {
    namespace: text("The unique namespace text.", { maxLength: 80 }),
    display_name: text("The user friendly name for the namespace. Used by UI if available.", { maxLength: 80 }),
    description: text("Provides a user friendly description of the namespace.", { maxLength: 500 }),
    visibility: text("Scope of namespace accessibility.", { enum: ["public", "private"] }),
    protected: { type: "boolean", description: "If true, namespace will not be deletable." },
    owner: text("Owner of the namespace.", { maxLength: 255 }),
    created_at: time("Date and time of namespace creation"),
    updated_at: time("Date and time of the last namespace modification"),
    schema: computed,
    self: computed,
    resource_type_associations: listOf({ name: string, prefix: string, properties_target: string }),
    properties: reference("property"),
    objects: listOf(objectFields),
    tags: listOf({ name: string }),
  },
  additionalProperties: false,
  definitions,
  required: ["namespace"],
};
