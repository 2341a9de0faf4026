import { now } from "../../store/clock";
import type { Association, DefinedObject, DefinedProperty, Definition, Named, Namespace } from "../../store/metadefs";
import { refuse } from "../refusal";
import type { AssociationInput, NamespaceInput, ObjectInput } from "./read";

const longestName = 80;

/** What is new in a namespace. Glance stumbles over names that its database cannot hold. */
function named(name: string): Named {
  if ([...name].length > longestName) throw new TypeError("a name that cannot be stored");
  const time = now();
  return { name, createdAt: time, updatedAt: time };
}

export const newTag = named;

/** Glance keeps the names of required properties in one text, separated by commas. */
export const newObject = ({ name, description, required = [], properties = {} }: ObjectInput): DefinedObject => ({
  ...named(name),
  description: description ?? null,
  required: required.flatMap((property) => property.split(",")),
  properties,
});

export const newProperty = (name: string, definition: Definition): DefinedProperty => ({
  ...named(name),
  definition,
});

export const newAssociation = ({ name, prefix, properties_target }: AssociationInput): Association => ({
  ...named(name),
  prefix: prefix ?? null,
  propertiesTarget: properties_target ?? null,
});

/** Throws 409 for a name that is in the list. */
function added<T extends Named>(records: readonly T[], record: T, duplicate: string): readonly T[] {
  if (records.some(({ name }) => name === record.name)) throw refuse(409, duplicate);
  return [...records, record];
}

export const duplicateTag = (namespace: Namespace, tag: string) =>
  `A metadata tag with name=${tag} already exists in namespace=${namespace.name}. (Please note that metadata tag names are case insensitive).`;

export const withTag = (namespace: Namespace, tag: Named): Namespace => ({
  ...namespace,
  tags: added(namespace.tags, tag, duplicateTag(namespace, tag.name)),
});

export const withObject = (namespace: Namespace, object: DefinedObject): Namespace => ({
  ...namespace,
  objects: added(
    namespace.objects,
    object,
    `A metadata definition object with name=${object.name} already exists in namespace=${namespace.name}.`,
  ),
});

export const withProperty = (namespace: Namespace, property: DefinedProperty): Namespace => ({
  ...namespace,
  properties: added(
    namespace.properties,
    property,
    `A metadata definition property with name=${property.name} already exists in namespace=${namespace.name}.`,
  ),
});

export const withAssociation = (namespace: Namespace, association: Association): Namespace => ({
  ...namespace,
  associations: added(
    namespace.associations,
    association,
    `The metadata definition resource-type association of resource-type=${association.name} to namespace=${namespace.name} already exists.`,
  ),
});

/** The namespace with all that a request defines, in the order in which Glance makes it. Throws 409. */
export function withContent(namespace: Namespace, input: NamespaceInput): Namespace {
  const { resource_type_associations = [], objects = [], tags = [], properties = {} } = input;
  const definitions = Object.entries(properties);
  const associated = resource_type_associations.map(newAssociation).reduce(withAssociation, namespace);
  const structured = objects.map(newObject).reduce(withObject, associated);
  const tagged = tags.map(({ name }) => newTag(name)).reduce(withTag, structured);
  return definitions.map(([name, definition]) => newProperty(name, definition)).reduce(withProperty, tagged);
}

/** Replaces the record of that name. Throws an error that is answered with 500 where the new name belongs to another. */
export function replaced<T extends Named>(records: readonly T[], name: string, record: T): readonly T[] {
  if (record.name !== name && records.some((other) => other.name === record.name)) {
    throw new TypeError("Glance fails while it words the conflict");
  }
  return records.map((other) => (other.name === name ? record : other));
}

export const without = <T extends Named>(records: readonly T[], name: string): readonly T[] =>
  records.filter((other) => other.name !== name);
