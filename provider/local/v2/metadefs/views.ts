import type { Association, DefinedObject, DefinedProperty, Definition, Named, Namespace } from "../../store/metadefs";
import { seconds } from "../view";
import type { ObjectInput } from "./read";

type View = Record<string, unknown>;

const root = "/v2/metadefs/namespaces";

const times = ({ createdAt, updatedAt }: Pick<Named, "createdAt" | "updatedAt">): View => ({
  created_at: seconds(createdAt),
  updated_at: seconds(updatedAt),
});

/** Fields without a value are left out. */
const given = (fields: View): View =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));

/** A namespace without what it defines. */
export const namespaceView = (namespace: Namespace): View => ({
  namespace: namespace.name,
  ...given({ display_name: namespace.displayName, description: namespace.description }),
  visibility: namespace.visibility,
  protected: namespace.protected,
  owner: namespace.owner,
  ...times(namespace),
  self: `${root}/${namespace.name}`,
  schema: "/v2/schemas/metadefs/namespace",
});

/** A namespace in a list. */
export const namespaceSummary = (namespace: Namespace): View => ({
  ...namespaceView(namespace),
  ...filled({ resource_type_associations: namespace.associations.map(associationView) }),
});

/** A namespace with all that it defines (Image API v2, Get namespace details); `prefix` goes before the names of properties. */
export function namespaceDetail(namespace: Namespace, prefix: string): View {
  return {
    ...namespaceSummary(namespace),
    ...filled({
      properties: prefixed(propertiesView(namespace.properties), prefix),
      objects: namespace.objects.map((object) => prefixedObject(objectView(namespace, object, object), prefix)),
      tags: inOrderOfLists(namespace.tags).map(tagSummary),
    }),
  };
}

const filled = (parts: Record<string, object>): View =>
  Object.fromEntries(Object.entries(parts).filter(([, part]) => Object.keys(part).length > 0));

const prefixed = <T>(properties: Readonly<Record<string, T>>, prefix: string): Record<string, T> =>
  Object.fromEntries(Object.entries(properties).map(([name, definition]) => [prefix + name, definition]));

const prefixedObject = (object: ObjectView, prefix: string): View => ({
  ...object,
  required: object.required?.map((name) => prefix + name),
  properties: prefixed(object.properties ?? {}, prefix),
});

type ObjectView = View & { required?: readonly string[]; properties?: Readonly<Record<string, Definition>> };

type Contents = Partial<Pick<DefinedObject, "description" | "required" | "properties">> | ObjectInput;

/** An object with these contents, which need not be all that it has: changes are answered with what was sent. */
export const objectView = (namespace: Namespace, object: DefinedObject, contents: Contents): ObjectView => ({
  name: object.name,
  ...given({ description: contents.description, required: contents.required, properties: contents.properties }),
  ...times(object),
  self: `${root}/${namespace.name}/objects/${object.name}`,
  schema: "/v2/schemas/metadefs/object",
});

/** Properties by their names. */
export const propertiesView = (properties: readonly DefinedProperty[]): Record<string, Definition> =>
  Object.fromEntries(properties.map(({ name, definition }) => [name, definition]));

export const propertyView = ({ name, definition }: DefinedProperty): View => ({ ...definition, name });

/** A tag or a resource type. */
export const namedView = (record: Named): View => ({ name: record.name, ...times(record) });

export const tagSummary = ({ name }: Named): View => ({ name });

/** Newest first. */
export const inOrderOfLists = <T extends Named>(records: readonly T[]): T[] =>
  [...records].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));

export const associationView = (association: Association): View => ({
  name: association.name,
  ...given({ prefix: association.prefix, properties_target: association.propertiesTarget }),
  ...times(association),
});
