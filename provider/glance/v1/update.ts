import type { GlanceImage, ImageChanges } from "../api";
import { assertPropertyNames, type Capabilities } from "../capabilities";
import { encodeFields, encodeProperties, type Field, fields, type Headers, propertyHeader } from "./headers";
import { isCarriable } from "./text";

/** How an update treats the properties that it does not name: without this header the service drops them all. */
const purge = "x-glance-registry-purge-props";
export const keepOthers = { [purge]: "false" };
const dropOthers = { [purge]: "true" };

/** What turns an image into another: headers that only add and overwrite, and the properties that must go. */
export interface Difference {
  headers: Headers;
  removed: string[];
}

/** Throws UNSUPPORTED for what a header cannot carry. */
export function differenceOf(current: GlanceImage, changes: ImageChanges, capabilities: Capabilities): Difference {
  const { properties = {} } = changes;
  const kept = Object.keys(properties).filter((name) => properties[name] !== null);
  assertPropertyNames(kept, capabilities);
  const changed = fields.filter((field) => changes[field] !== undefined && changes[field] !== current[field]);
  const has = (name: string) => Object.hasOwn(current.properties, name);
  const set = Object.entries(properties).filter(
    (entry): entry is [string, string] =>
      entry[1] !== null && !(has(entry[0]) && current.properties[entry[0]] === entry[1]),
  );
  return {
    headers: {
      ...encodeFields(Object.fromEntries(changed.map((field) => [field, changes[field]])) as Pick<ImageChanges, Field>),
      ...encodeProperties(Object.fromEntries(set)),
    },
    removed: Object.keys(properties).filter((name) => properties[name] === null && has(name)),
  };
}

/**
 * Headers that remove properties: all others once more, in place of the whole set. `image`: read from JSON, where names are
 * exact. Where another property cannot be written like that, or is the server's to write, it is not touched, and those to be
 * removed are emptied instead; the Image API v1 shows no empty property, and v2 shows it empty.
 */
export function removal(
  { properties, unknown }: GlanceImage,
  removed: readonly string[],
  { propertyFault }: Capabilities,
): Headers {
  const others = Object.entries(properties).filter(([name]) => !removed.includes(name));
  const canRewrite = others.every(([name, value]) => propertyFault(name) === undefined && isCarriable(value));
  if (canRewrite && Object.keys(unknown).length === 0)
    return { ...dropOthers, ...encodeProperties(Object.fromEntries(others)) };
  return { ...keepOthers, ...Object.fromEntries(removed.map((name) => [propertyHeader(name), ""])) };
}
