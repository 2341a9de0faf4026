import type { Reference } from "./directory";
import { isDomain } from "./directory";
import { invalid, missing, unauthorized } from "./errors";

/** A JSON object as it came. */
export type Parts = Record<string, unknown>;

export const isObject = (value: unknown): value is Parts =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The object called `name`. Throws 400 where it is missing or of another type. */
export function objectIn(parent: Parts, name: string, target: string): Parts {
  const value = parent[name];
  if (value === undefined) throw missing(name, target);
  if (!isObject(value)) throw invalid(`'${name}'`, `${JSON.stringify(value)} is not of type 'object'`);
  return value;
}

/** The text called `name`, if there is one. Throws 400 for any other type. */
export function textIn(parent: Parts, name: string): string | undefined {
  const value = parent[name];
  if (value === undefined || typeof value === "string") return value;
  throw invalid(`'${name}'`, `${JSON.stringify(value)} is not of type 'string'`);
}

/**
 * A user or project by id, or by name and domain. Throws 400 where neither or no domain is given, 401 for a domain that does not exist.
 * `path` says where it stands, e.g. `scope/project`.
 */
export function reference(parts: Parts, kind: "user" | "project", path: string): Reference {
  const id = textIn(parts, "id");
  if (id !== undefined) return { id };
  const name = textIn(parts, "name");
  if (name === undefined) throw invalid(path, "id or name must be present.");
  const domain = objectIn(parts, "domain", kind);
  if (!isDomain(domainReference(domain, `${path}/domain`))) throw unauthorized();
  return { name };
}

/** A domain by id or name. Throws 400 where neither is given. */
export function domainReference(parts: Parts, path: string): Reference {
  const id = textIn(parts, "id");
  const name = textIn(parts, "name");
  if (id !== undefined) return { id };
  if (name !== undefined) return { name };
  throw invalid(path, "id or name must be present.");
}
