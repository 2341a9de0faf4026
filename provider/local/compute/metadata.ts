import { repr } from "../v2/schema/python";
import { NovaFault } from "./fault";
import { metadataText } from "./view";

type Parts = Record<string, unknown>;

const keyPattern = "^[a-zA-Z0-9-_:. ]{1,255}$";
const key = /^[a-zA-Z0-9\-_:. ]{1,255}$/;
const longestValue = 255;

/**
 * The properties in the member `name` of a request body (Compute API, Image metadata), with faults in the order of the schema in
 * nova/api/openstack/compute/schemas/image_metadata.py. The older generation is not `strict`: it overlooks what it does not know.
 * Throws 400.
 */
export function metadataIn(body: unknown, name: "metadata" | "meta", isStrict: boolean): Map<string, string> {
  if (!isParts(body)) throw new NovaFault(400, `${repr(body)} is not of type 'object'`);
  if (!Object.hasOwn(body, name)) throw new NovaFault(400, `'${name}' is a required property`);
  const values = body[name];
  if (!isParts(values)) throw invalid(name, values, `${repr(values)} is not of type 'object'`);
  for (const [each, value] of Object.entries(values)) if (key.test(each)) requireText(each, value);
  requireKnownKeys(name, values, isStrict);
  if (name === "meta") requireOne(name, values);
  const others = Object.keys(body).filter((each) => each !== name);
  if (isStrict && others.length > 0) throw new NovaFault(400, surplus(others));
  return new Map(Object.entries(values).map(([each, value]) => [each, metadataText(value)]));
}

/** The same for one property, which must be the one that the path names. Throws 400. */
export function metadataItemIn(body: unknown, name: string, isStrict: boolean): [string, string] {
  const value = metadataIn(body, "meta", isStrict).get(name);
  if (value === undefined) throw new NovaFault(400, "Request body and URI mismatch");
  return [name, value];
}

const isParts = (value: unknown): value is Parts =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function requireText(name: string, value: unknown): void {
  if (typeof value !== "string") throw invalid(name, value, `${repr(value)} is not of type 'string'`);
  if ([...value].length > longestValue) throw invalid(name, value, `${repr(value)} is too long`);
}

/** The older generation takes names of any form, if no other is among them. */
function requireKnownKeys(name: string, values: Parts, isStrict: boolean): void {
  const unknown = Object.keys(values).filter((each) => !key.test(each));
  if (unknown.length === 0) return;
  if (isStrict) throw invalid(name, values, mismatch(unknown));
  if (unknown.length < Object.keys(values).length) throw invalid(name, values, surplus(unknown));
}

function requireOne(name: string, values: Parts): void {
  const { length } = Object.keys(values);
  if (length === 0) throw invalid(name, values, `${repr(values)} should be non-empty`);
  if (length > 1) throw invalid(name, values, `${repr(values)} has too many properties`);
}

const invalid = (name: string, value: unknown, reason: string) =>
  new NovaFault(400, `Invalid input for field/attribute ${name}. Value: ${metadataText(value)}. ${reason}`);

const listed = (names: readonly string[]) => [...names].sort().map(repr).join(", ");

const mismatch = (names: readonly string[]) =>
  `${listed(names)} ${names.length === 1 ? "does" : "do"} not match any of the regexes: '${keyPattern}'`;

const surplus = (names: readonly string[]) =>
  `Additional properties are not allowed (${listed(names)} ${names.length === 1 ? "was" : "were"} unexpected)`;
