import {
  asBoolean,
  asObject,
  asString,
  asTime,
  type Decode,
  type JsonObject,
  listOf,
  member,
  nullable,
  record,
  withDefault,
} from "../../coerce";
import type {
  Namespace,
  NamespaceVisibility,
  NewNamespace,
  ObjectDefinition,
  PropertyDefinition,
  ResourceTypeAssociation,
} from "../../namespaces";

/** Metadata Definitions API v2, "Get namespace details". Parts that are empty are left out of the answer. */
export const decodeNamespace: Decode<Namespace> = (body, where) => {
  const get = readerOf(asObject(body, where), where);
  return {
    namespace: get("namespace", asString),
    displayName: get("display_name", nullable(asString)),
    description: get("description", nullable(asString)),
    visibility: get("visibility", asString) as NamespaceVisibility,
    protected: get("protected", withDefault(asBoolean, false)),
    owner: get("owner", nullable(asString)),
    objects: get("objects", withDefault(listOf(decodeObject), [])),
    properties: get("properties", withDefault(decodeProperties, {})),
    tags: get("tags", withDefault(listOf(decodeTag), [])),
    resourceTypeAssociations: get("resource_type_associations", withDefault(listOf(decodeAssociation), [])),
    createdAt: get("created_at", asTime),
    updatedAt: get("updated_at", asTime),
  };
};

const decodeObject: Decode<ObjectDefinition> = (value, where) => {
  const get = readerOf(asObject(value, where), where);
  const description = get("description", nullable(asString));
  return {
    name: get("name", asString),
    ...(description !== null && { description }),
    required: get("required", withDefault(listOf(asString), [])),
    properties: get("properties", withDefault(decodeProperties, {})),
  };
};

const decodeProperties: Decode<Record<string, PropertyDefinition>> = (value, where) =>
  record(
    Object.entries(asObject(value, where)).map(
      ([name, one]) => [name, decodeProperty(one, `${where}.${name}`)] as const,
    ),
  );

/** The name, which is the key already, is repeated inside of properties that were changed once. */
const decodeProperty: Decode<PropertyDefinition> = (value, where) =>
  Object.fromEntries(Object.entries(asObject(value, where)).filter(([key, one]) => key !== "name" && one !== null));

const decodeTag: Decode<string> = (value, where) => member(asObject(value, where), "name", asString, where);

const decodeAssociation: Decode<ResourceTypeAssociation> = (value, where) => {
  const get = readerOf(asObject(value, where), where);
  const [prefix, propertiesTarget] = [get("prefix", nullable(asString)), get("properties_target", nullable(asString))];
  return {
    name: get("name", asString),
    ...(prefix !== null && { prefix }),
    ...(propertiesTarget !== null && { propertiesTarget }),
  };
};

function readerOf(object: JsonObject, where: string) {
  return <T>(name: string, decode: Decode<T>) => member(object, name, decode, where);
}

/** The body of Metadata Definitions API v2, "Create namespace", with everything in it. */
export function encodeNew({ objects, properties, tags, resourceTypeAssociations, ...fields }: NewNamespace) {
  return {
    ...encodeFields(fields),
    ...(objects && { objects: objects.map(encodeObject) }),
    ...(properties && { properties }),
    ...(tags && { tags: encodeTags(tags) }),
    ...(resourceTypeAssociations && { resource_type_associations: resourceTypeAssociations.map(encodeAssociation) }),
  };
}

type Fields = Omit<NewNamespace, "owner" | "objects" | "properties" | "tags" | "resourceTypeAssociations"> & {
  owner?: string | null;
};

/** A namespace without what is in it. */
export function encodeFields({ namespace, displayName, description, visibility, protected: kept, owner }: Fields) {
  return {
    namespace,
    ...(typeof displayName === "string" && { display_name: displayName }),
    ...(typeof description === "string" && { description }),
    ...(visibility !== undefined && { visibility }),
    ...(kept !== undefined && { protected: kept }),
    ...(typeof owner === "string" && { owner }),
  };
}

/** Glance fails on an object of a namespace's body that has no properties at all. */
export function encodeObject({ name, description, required = [], properties = {} }: ObjectDefinition) {
  return { name, ...(description !== undefined && { description }), required, properties };
}

export function encodeTags(tags: readonly string[]) {
  return [...new Set(tags)].map((name) => ({ name }));
}

export function encodeAssociation({ name, prefix, propertiesTarget }: ResourceTypeAssociation) {
  return {
    name,
    ...(prefix !== undefined && { prefix }),
    ...(propertiesTarget !== undefined && { properties_target: propertiesTarget }),
  };
}
