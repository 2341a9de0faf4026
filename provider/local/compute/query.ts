import { own } from "../own";
import { NovaFault } from "./fault";

/** What a list asks for (Compute API, List images; nova/api/openstack/compute/images.py). */
export interface ListQuery {
  /** The query that Nova sends to Glance, marker included and limit excluded. */
  glance: string;
  /** Images in an answer; undefined for all of them. */
  limit: number | undefined;
  /** The query of the page after an image. */
  next(marker: string): string;
}

/** What the parameters are called in Glance. */
const filterNames: Readonly<Record<string, string>> = {
  name: "name",
  status: "status",
  "changes-since": "changes-since",
  server: "property-instance_uuid",
  type: "property-image_type",
  minRam: "min_ram",
  minDisk: "min_disk",
};

const numbers = ["limit", "page_size", "offset"];

/** Reads the part of a URL after the question mark. Throws 400 for a number that is none or below 1. */
export function listQuery(url: string): ListQuery {
  const start = url.indexOf("?");
  const pairs = start < 0 ? [] : [...new URLSearchParams(url.slice(start))].filter(([name]) => isKnown(name));
  for (const number of numbers) for (const [name, value] of pairs) if (name === number) requirePositive(name, value);
  const parameters = new Map(pairs);
  const limit = parameters.get("limit");
  return {
    glance: `?${new URLSearchParams([...glanceParameters(parameters)])}`,
    limit: limit === undefined ? undefined : Number(limit),
    next: (marker) => encoded(new Map([...pairs].sort(inOrder)).set("marker", marker)),
  };
}

const isKnown = (name: string) =>
  own(filterNames, name) !== undefined || numbers.includes(name) || name === "marker" || name.startsWith("property-");

function requirePositive(name: string, value: string): void {
  const quoted = `'${value}'`;
  const fault = (reason: string) =>
    new NovaFault(400, `Invalid input for query parameters ${name}. Value: ${value}. ${reason}`);
  if (!/^\d*$/.test(value)) throw fault(`${quoted} does not match '^[0-9]*$'`);
  if (value === "") throw fault(`${quoted} should be non-empty`);
  if (Number(value) === 0) throw fault("0 is less than the minimum of 1");
}

function glanceParameters(parameters: ReadonlyMap<string, string>): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of parameters) {
    const filter = own(filterNames, name) ?? name;
    if (filter === "changes-since") found.set("updated_at", `gte:${value}`);
    else if (filter.startsWith("property-")) found.set(stripped(filter), propertyValue(filter, value));
    else if (filter === "status") found.set(filter, value.toLowerCase());
    else if (!numbers.includes(filter)) found.set(filter, value);
  }
  if (parameters.get("marker") === "") found.delete("marker");
  // Nova asks for pages with a limit of its own.
  found.delete("limit");
  return found;
}

/** Nova takes away every leading letter of `property-`, not the prefix, so that `property-os_distro` becomes `s_distro`. */
const stripped = (filter: string) => filter.replace(/^[proety-]+/, "");

/** A server may be given by its URL. */
const propertyValue = (filter: string, value: string) =>
  filter === "property-instance_uuid" ? value.slice(value.lastIndexOf("/") + 1) : value;

function inOrder([name, value]: [string, string], [otherName, otherValue]: [string, string]): number {
  const [one, other] = name === otherName ? [value, otherValue] : [name, otherName];
  return Number(one > other) - Number(one < other);
}

/** As Python's `urlencode`, which differs in two characters. */
const encoded = (parameters: ReadonlyMap<string, string>) =>
  new URLSearchParams([...parameters]).toString().replaceAll("*", "%2A").replaceAll("%7E", "~");
