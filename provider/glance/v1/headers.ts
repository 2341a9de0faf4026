import { GlanceError } from "../../http/errors";
import type { ImageFields, Visibility } from "../api";
import { type JsonObject, record } from "../coerce";
import { decodeText, encodeText } from "./text";

export type Headers = Readonly<Record<string, string>>;

/** The attributes that a client may write. Image API v1, "Add a new virtual machine image". */
const attributes = {
  name: "name",
  diskFormat: "disk_format",
  containerFormat: "container_format",
  minDisk: "min_disk",
  minRam: "min_ram",
  visibility: "is_public",
  protected: "protected",
  owner: "owner",
} as const satisfies Partial<Record<keyof ImageFields, string>>;

export type Field = keyof typeof attributes;
export const fields = Object.keys(attributes) as Field[];

const prefix = "x-image-meta-";
const propertyPrefix = `${prefix}property-`;

/** Header of an attribute. With hyphens: common proxies drop names with underscores, and the service takes both. */
export const attributeHeader = (attribute: string): string => `${prefix}${attribute.replaceAll("_", "-")}`;

/** What is given of the fields that v1 has, as headers. Throws UNSUPPORTED for a value that a header cannot carry. */
export function encodeFields(image: Pick<ImageFields, Field>): Record<string, string> {
  const given = fields.filter((field) => image[field] !== undefined);
  return Object.fromEntries(given.map((field) => [attributeHeader(attributes[field]), encodeField(image, field)]));
}

function encodeField(image: ImageFields, field: Field): string {
  if (field === "visibility") return String(isPublic(image.visibility));
  const value = image[field];
  // An empty header takes the name away.
  return value === null ? "" : encodeText(String(value), field);
}

/** Throws UNSUPPORTED for a visibility that v1 does not know. */
export function isPublic(visibility: Visibility | undefined): boolean {
  if (visibility === "public" || visibility === "private") return visibility === "public";
  throw new GlanceError({
    code: "UNSUPPORTED",
    message: `The Image API v1 knows only public and private images, not ${visibility} ones`,
  });
}

/** Custom properties as headers. */
export function encodeProperties(properties: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(properties);
  return Object.fromEntries(
    entries.map(([name, value]) => [propertyHeader(name), encodeText(value, `the property ${JSON.stringify(name)}`)]),
  );
}

export const propertyHeader = (name: string): string => `${propertyPrefix}${name.replaceAll("_", "-")}`;

/**
 * What the headers of an answer say, in the form of the JSON of lists. Image API v1, "Show image metadata": attributes that are
 * null are left out, and the names of properties come in lower case.
 */
export function imageIn(headers: Headers): JsonObject {
  const said = Object.entries(headers).map(([name, value]) => [name, decodeText(value)] as const);
  const isProperty = ([name]: readonly [string, string]) => name.startsWith(propertyPrefix);
  const properties = said
    .filter(isProperty)
    .map(([name, value]) => [name.slice(propertyPrefix.length), value] as const);
  const own = said
    .filter((entry) => entry[0].startsWith(prefix) && !isProperty(entry))
    .map(([name, value]) => [name.slice(prefix.length).replaceAll("-", "_"), value] as const);
  return record<unknown>([...own, ["properties", record(properties)]]);
}
