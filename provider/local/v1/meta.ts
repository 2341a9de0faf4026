import type { FastifyRequest } from "fastify";
import { refuse, refuseInDetail } from "../v2/refusal";
import { isTruthy } from "../wire/flag";
import { header } from "../wire/request";

const fieldPrefix = "x-image-meta-";
const propertyPrefix = "x-image-meta-property-";

type Reader<T> = (text: string | null, field: string) => T;

const text: Reader<string | null> = (value) => value;

/** A missing value makes Glance stumble. Throws 400, and an error that is answered with 500. */
const integer: Reader<number> = (value, field) => {
  if (value === null) throw new TypeError(`${field} without a value`);
  const invalid = (reason: string) => refuse(400, `Invalid value '${value}' for parameter '${field}': ${reason}`);
  if (!/^\s*[+-]?\d+\s*$/.test(value)) throw invalid(`Cannot convert image ${field} '${value}' to an integer.`);
  if (Number(value) < 0) throw invalid("Cannot be a negative value.");
  return Number(value);
};

const nullableInteger: Reader<number | null> = (value, field) => (value === "None" ? null : integer(value, field));

/** What an image can be told in headers (glance/common/utils.py, IMAGE_META_HEADERS), in the order in which faults are found. */
const readers = {
  size: integer,
  min_disk: integer,
  min_ram: integer,
  virtual_size: nullableInteger,
  is_public: isTruthy,
  deleted: isTruthy,
  protected: isTruthy,
  id: text,
  name: text,
  status: text,
  checksum: text,
  disk_format: text,
  container_format: text,
  owner: text,
  store: text,
  location: text,
  created_at: text,
  updated_at: text,
  deleted_at: text,
  copy_from: text,
  uri: text,
} satisfies Record<string, Reader<unknown>>;

type FieldName = keyof typeof readers;

/** Fields that have a header. An empty header makes null. */
export type Fields = { [Name in FieldName]?: ReturnType<(typeof readers)[Name]> };

/** What the headers of a request say about an image. */
export interface Meta {
  fields: Fields;
  properties: ReadonlyMap<string, string>;
  /** `x-glance-api-copy-from`: where the server shall fetch the bytes. */
  copyFrom: string | undefined;
}

/** Reads the headers of a request (glance/common/utils.py, get_image_meta_from_headers). Throws 400. */
export function readMeta(request: FastifyRequest): Meta {
  const texts = new Map<string, string>();
  const properties = new Map<string, string>();
  for (const name of Object.keys(request.headers).filter((name) => name.startsWith(fieldPrefix))) {
    const value = decoded(header(request, name) ?? "");
    if (name.startsWith(propertyPrefix)) properties.set(snake(name.slice(propertyPrefix.length)), value);
    else texts.set(fieldName(name), value);
  }
  const given = Object.entries(readers).filter(([field]) => texts.has(field));
  const fields = Object.fromEntries(given.map(([field, read]) => [field, read(texts.get(field) || null, field)]));
  return { fields, properties, copyFrom: header(request, "x-glance-api-copy-from") };
}

/** Hyphens and underscores are the same in a header. */
const snake = (name: string) => name.replaceAll("-", "_");

function fieldName(name: string): string {
  const field = snake(name.slice(fieldPrefix.length));
  if (Object.hasOwn(readers, field)) return field;
  throw refuseInDetail(400, `Bad header: ${name.replaceAll("_", "-")}`);
}

/** Headers hold the bytes of UTF-8. */
const decoded = (value: string) => Buffer.from(value, "latin1").toString("utf8");
