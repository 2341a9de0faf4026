import { own } from "../../own";
import type { Definition } from "../../store/metadefs";
import { refuse } from "../refusal";

/**
 * Makes of a JSON value what Glance's types take it for (glance/api/v2/model). What a type cannot take makes Glance stumble: a reader
 * throws an error that is answered with 500.
 */
type Reader = (value: unknown) => unknown;

const text: Reader = (value) => {
  if (value === null || typeof value === "string") return value;
  throw new TypeError("a text that is none");
};

const integer: Reader = (value) => Math.trunc(value as number);

const asIs: Reader = (value) => value;

/** Defaults are kept as text. Throws 400. */
const bytes: Reader = (value) => {
  if (value === null || typeof value === "object") return null;
  const written = typeof value === "boolean" ? pythonBoolean(value) : String(value);
  if (isAscii(written)) return written;
  const parts = "Either the URL or the request body contained characters";
  throw refuse(400, `Error decoding your request. ${parts} that could not be decoded by Glance`);
};

const pythonBoolean = (value: boolean) => (value ? "True" : "False");

const isAscii = (written: string) => Buffer.from(written).length === written.length;

const list =
  (read: Reader): Reader =>
  (value) =>
    (value as unknown[]).map(read);

const map =
  (read: Reader): Reader =>
  (value) =>
    Object.fromEntries(Object.entries(value as object).map(([name, part]) => [name, read(part)]));

const record =
  (readers: Record<string, Reader>, ...mandatory: string[]): Reader =>
  (value) => {
    const given = value as Record<string, unknown>;
    if (mandatory.some((name) => given[name] === undefined)) throw new TypeError("a mandatory field is missing");
    const pairs = Object.entries(given).map(([name, part]) => {
      const read = own(readers, name);
      if (read === undefined) throw new TypeError(`no field is called ${name}`);
      return [name, read(part)];
    });
    return Object.fromEntries(pairs);
  };

const item = record({ type: text, enum: list(text) }, "type");

const property = record(
  {
    name: text,
    type: text,
    title: text,
    description: text,
    operators: list(text),
    default: bytes,
    readonly: asIs,
    minimum: integer,
    maximum: integer,
    enum: list(text),
    pattern: text,
    minLength: integer,
    maxLength: integer,
    items: item,
    uniqueItems: asIs,
    minItems: integer,
    maxItems: integer,
    additionalItems: asIs,
  },
  "type",
  "title",
);

const object = record({ name: text, required: list(text), description: text, properties: map(property) }, "name");

const tag = record({ name: text }, "name");

const association = record({ name: text, prefix: text, properties_target: text }, "name");

const namespace = record({
  namespace: text,
  display_name: text,
  description: text,
  visibility: text,
  protected: asIs,
  owner: text,
  resource_type_associations: list(association),
  properties: map(property),
  objects: list(object),
  tags: list(tag),
});

export interface ObjectInput {
  name: string;
  description?: string;
  required?: string[];
  properties?: Record<string, Definition>;
}

export interface AssociationInput {
  name: string;
  prefix?: string;
  properties_target?: string;
}

export interface NamespaceInput {
  namespace: string;
  display_name?: string;
  description?: string;
  visibility?: "public" | "private";
  protected?: boolean;
  owner?: string;
  resource_type_associations?: AssociationInput[];
  properties?: Record<string, Definition>;
  objects?: ObjectInput[];
  tags?: { name: string }[];
}

// Each for a value that its schema allows.
export const readNamespace = (value: unknown) => namespace(value) as NamespaceInput;
export const readObject = (value: unknown) => object(value) as ObjectInput;
export const readProperty = (value: unknown) => property(value) as Definition & { name: string };
export const readAssociation = (value: unknown) => association(value) as AssociationInput;
