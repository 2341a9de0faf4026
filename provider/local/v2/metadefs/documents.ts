import type { NamedSchema, ValueSchema } from "../schema/types";
import {
  associationSchema,
  namelessPropertySchema,
  namespaceSchema,
  objectSchema,
  propertySchema,
  tagSchema,
} from "./schemas";

const links = [
  { rel: "first", href: "{first}" },
  { rel: "next", href: "{next}" },
  { rel: "describedby", href: "{schema}" },
];

type Members = (schema: ValueSchema) => ValueSchema;

const list: Members = (items) => ({ type: "array", items });
const map: Members = (additionalProperties) => ({ type: "object", additionalProperties });

/** A collection has the definitions of its members at its own root. */
function collection(name: string, { definitions, ...schema }: NamedSchema, members: Members = list) {
  const text = { type: "string" };
  const properties = { [name]: members(schema), first: text, next: text, schema: text };
  return { name, properties, links, ...(definitions && { definitions }) };
}

/** The documents at `/v2/schemas/metadefs/<name>` (Image API v2, Metadata definition schemas). */
export const metadefDocuments: Record<string, unknown> = {
  namespace: namespaceSchema,
  namespaces: collection("namespaces", namespaceSchema),
  object: objectSchema,
  objects: collection("objects", objectSchema),
  property: propertySchema,
  properties: collection("properties", namelessPropertySchema, map),
  tag: tagSchema,
  tags: collection("tags", tagSchema),
  resource_type: associationSchema,
  resource_types: collection("resource_type_associations", associationSchema),
};
