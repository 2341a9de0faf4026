import type { Answer, Seen } from "../../server";

type Json = Record<string, unknown>;

/** A catalog of metadata definitions in memory that takes requests as Glance does (glance/api/v2/metadef_namespaces.py). */
export class Catalog {
  readonly namespaces = new Map<string, Json>();

  readonly answer = ({ method, path, body }: Seen): Answer => {
    const [name, part, one] = path.replace("/v2/metadefs/namespaces", "").split("/").slice(1).map(decodeURIComponent);
    const json: Json = body === "" ? {} : JSON.parse(body);
    if (name === undefined) return this.create(json);
    const found = this.namespaces.get(name);
    if (!found) return notFound(method === "GET" ? `namespace=${name} was not found.` : `Namespace ${name} not found`);
    if (part !== undefined) return changePart(found, method, part, one, json);
    if (method === "GET") return { body: shown(found) };
    if (method === "PUT") {
      const { objects, properties, tags, resource_type_associations, owner, created_at, updated_at } = found;
      const kept = { objects, properties, tags, resource_type_associations, created_at, updated_at };
      // What is left out goes back to its default, the owner to the caller.
      this.namespaces.set(name, { visibility: "private", protected: false, owner: "caller", ...kept, ...json });
      return { body: { ...shown(found), owner } };
    }
    if (found.protected) return { status: 403, body: { message: `${name} is protected`, code: "403 Forbidden" } };
    this.namespaces.delete(name);
    return { status: 204 };
  };

  private create(json: Json): Answer {
    const time = "2026-01-31T12:00:00Z";
    const defaults = { visibility: "private", protected: false, owner: "caller", created_at: time, updated_at: time };
    const made = { objects: [], properties: {}, tags: [], resource_type_associations: [], ...defaults, ...json };
    this.namespaces.set(json.namespace as string, made);
    return { status: 201, body: shown(made) };
  }
}

/** Parts that are empty are left out; objects always say what they require. */
function shown(namespace: Json): Json {
  const entries = Object.entries(namespace).filter(([, value]) => {
    const isPart = typeof value === "object" && value !== null;
    return value !== undefined && !(isPart && Object.keys(value).length === 0);
  });
  return Object.fromEntries(entries);
}

function changePart(namespace: Json, method: string, part: string, one: string | undefined, json: Json): Answer {
  const key = part === "resource_types" ? "resource_type_associations" : part;
  const removal = method === "DELETE";
  if (removal && namespace.protected) return { status: 403, body: { message: "is protected", code: "403 Forbidden" } };
  if (part === "tags") {
    namespace.tags = removal ? [] : json.tags;
    return removal ? { status: 204 } : { status: 201, body: json };
  }
  const entries =
    part === "properties" ? Object.entries(namespace.properties as Json) : named(namespace[key] as Json[]);
  const all = new Map(entries);
  const name = one ?? (json.name as string);
  if (all.has(name) !== (method !== "POST")) return { status: removal ? 404 : 409, body: { message: name, code: "" } };
  if (removal) all.delete(name);
  else all.set(name, json);
  namespace[key] = part === "properties" ? Object.fromEntries(all) : [...all.values()];
  return removal ? { status: 204 } : { status: 200, body: json };
}

const named = (list: Json[]) => list.map((one) => [one.name as string, one] as const);

const notFound = (words: string) => ({
  status: 404,
  body: { message: `Metadata definition ${words}<br />`, code: "404 Not Found" },
});
