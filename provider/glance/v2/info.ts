import type { ServiceRequest } from "../../keystone/types";
import type { Formats, ImageApi, Quota, Store } from "../api";
import {
  asBoolean,
  asInteger,
  asObject,
  asString,
  type Decode,
  listOf,
  member,
  nullable,
  withDefault,
} from "../coerce";
import { remembered } from "../remembered";
import { during, type Service } from "../service";

/** What the operator set up. Only the quotas change while the provider runs, so each other question is asked once. */
export function cloudInfo(service: Service): Pick<ImageApi, "formats" | "stores" | "importMethods" | "quotas"> {
  const formats = remembered(() => ask(service, formatsQuestion));
  const stores = remembered(() => ask(service, storesQuestion));
  const importMethods = remembered(() => ask(service, methodsQuestion));
  return {
    formats: (options) => formats(options?.signal),
    stores: (options) => stores(options?.signal),
    importMethods: (options) => importMethods(options?.signal),
    quotas: (options) => ask(service, quotasQuestion, options?.signal),
  };
}

interface Question<T> {
  what: string;
  path: string;
  decode: Decode<T>;
  /** The answer of a server that does not know the question. */
  unknown?: T;
}

function ask<T>(service: Service, { what, path, decode, unknown }: Question<T>, signal?: AbortSignal): Promise<T> {
  return during({ step: `reading the ${what}` }, async () => {
    const request: ServiceRequest = { method: "GET", path, accept: unknown === undefined ? [] : [404], signal };
    const response = await service.request(request);
    if (response.status === 404 && unknown !== undefined) return unknown;
    return service.decode(request, response, what, decode);
  });
}

const asEnum: Decode<string[]> = (value, where) =>
  member(asObject(value, where), "enum", withDefault(listOf(nullable(asString)), []), where).filter(
    (word) => word !== null,
  );

/** Image API v2, "Show image schema": the formats as JSON schema enums, with null for "not set". */
const formatsQuestion: Question<Formats> = {
  what: "formats",
  path: "/v2/schemas/image",
  decode: (body, where) => {
    const properties = member(asObject(body, where), "properties", asObject, where);
    return {
      disk: member(properties, "disk_format", withDefault(asEnum, []), where),
      container: member(properties, "container_format", withDefault(asEnum, []), where),
    };
  },
};

/** Image API v2, "List stores"; not found on single-store clouds. */
const storesQuestion: Question<Store[]> = {
  what: "stores",
  path: "/v2/info/stores",
  decode: (body, where) => member(asObject(body, where), "stores", listOf(decodeStore), where),
  unknown: [],
};

const decodeStore: Decode<Store> = (value, where) => {
  const store = asObject(value, where);
  return {
    id: member(store, "id", asString, where),
    description: member(store, "description", nullable(asString), where) ?? undefined,
    default: member(store, "default", withDefault(asBoolean, false), where),
    readOnly: member(store, "read-only", withDefault(asBoolean, false), where),
  };
};

/** Image API v2, "Import methods and values discovery"; not found before Queens. */
const methodsQuestion: Question<string[]> = {
  what: "import methods",
  path: "/v2/info/import",
  decode: (body, where) => {
    const methods = member(asObject(body, where), "import-methods", asObject, where);
    return member(methods, "value", listOf(asString), where);
  },
  unknown: [],
};

/** Image API v2, "Quota usage": an object by quota (glance/api/v2/discovery.py, `get_usage`); not found before Xena. */
const quotasQuestion: Question<Quota[]> = {
  what: "quotas",
  path: "/v2/info/usage",
  decode: (body, where) => {
    const usage = member(asObject(body, where), "usage", asObject, where);
    return Object.keys(usage).map((name) => ({ name, ...member(usage, name, decodeQuota, where) }));
  },
  unknown: [],
};

const decodeQuota: Decode<Omit<Quota, "name">> = (value, where) => {
  const quota = asObject(value, where);
  return { usage: member(quota, "usage", asInteger, where), limit: member(quota, "limit", asInteger, where) };
};
