import type { GlanceImage, ImageChanges } from "../api";
import { assertCustom, fields, writable } from "../attributes";
import { encodeField } from "./codec";

/** An operation of the media type `application/openstack-images-v2.1-json-patch`. */
export type PatchOperation = { op: "add" | "replace"; path: string; value: unknown } | { op: "remove"; path: string };

/**
 * The fewest operations that turn `current` into the image that `changes` asks for, in a fixed order. Image API v2,
 * "Update image". Throws UNSUPPORTED for a property with the name of an attribute.
 */
export function diffToPatch(current: GlanceImage, changes: ImageChanges): PatchOperation[] {
  const { properties = {} } = changes;
  const names = Object.keys(properties).sort();
  assertCustom(names);
  const has = (name: string) => Object.hasOwn(current.properties, name);
  return [
    ...replaceAttributes(current, changes),
    // First, so that the new properties fit in the quota that the old ones leave.
    ...names.filter((name) => properties[name] === null && has(name)).map(remove),
    ...names.flatMap((name) => {
      const value = properties[name];
      const same = has(name) && current.properties[name] === value;
      return typeof value !== "string" || same ? [] : [add(name, value)];
    }),
  ];
}

/** Attributes are only ever replaced: `add /owner` would give the image away without asking for the right to. */
function replaceAttributes(current: GlanceImage, changes: ImageChanges): PatchOperation[] {
  return fields
    .filter((field) => changes[field] !== undefined)
    .map((field) => ({ field, value: encodeField(changes, field) }))
    .filter(({ field, value }) => !sameValue(value, current[field]))
    .map(({ field, value }) => ({ op: "replace", path: `/${writable[field]}`, value }));
}

function sameValue(wanted: unknown, present: unknown): boolean {
  if (!Array.isArray(wanted) || !Array.isArray(present)) return wanted === present;
  const [left, right] = [new Set(wanted), new Set(present)];
  return left.size === right.size && [...left].every((item) => right.has(item));
}

/** Creates or overwrites; `replace` would be refused for a property that is not there yet. */
function add(name: string, value: string): PatchOperation {
  return { op: "add", path: pointer(name), value };
}

function remove(name: string): PatchOperation {
  return { op: "remove", path: pointer(name) };
}

/** RFC 6901. */
function pointer(name: string): string {
  return `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
