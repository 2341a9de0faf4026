import { z } from "zod";
import { isAttribute, writable } from "../../glance/attributes";
import { reservedProperties } from "../../image/stamp";
import { narrow, storable } from "./storable";

/** Attributes that are inputs, in most cases under another name; a custom property cannot have theirs. */
const inputsByAttribute = new Map<string, string>([
  ...Object.entries(writable).map(([input, attribute]) => [attribute, input] as const),
  ["id", "imageId"],
]);

/** Names that Glance's PATCH takes for attributes of its own objects: it answers 200 and stores nothing, or 500 (`hasattr` in glance/api/v2/images.py). */
const lostByGlance = new Set([
  "member",
  "context",
  "delete",
  "notifier",
  "get_data",
  "set_data",
  "deactivate",
  "reactivate",
  "repo",
  "helper",
  "get_payload",
  "send_notification",
  "get_super_class",
  "_abc_impl",
  "_format_image_send",
  "_format_import_properties",
  "_get_chunk_data_iterator",
  "extra_properties",
  "base",
  "image_id",
]);

/** The name of a custom property that Glance can create, change and remove. */
const propertyName = storable("a property's name").superRefine((name, context) => {
  const reason = reasonAgainst(name);
  if (reason) context.addIssue({ code: "custom", message: reason });
});

/** Custom properties as a program declares them. */
export const propertiesInput = z.record(propertyName, narrow("a property's value"), {
  error: "must be a map of strings",
});

function reasonAgainst(name: string): string | undefined {
  if (name === "") return "a property's name must not be empty";
  if (name !== name.trim())
    return "a property's name must not begin or end with blanks: Glance could not change it later";
  const input = inputsByAttribute.get(name);
  if (input !== undefined) return `is not a custom property: use the input ${input}`;
  if (name.startsWith("os_glance")) return "names beginning with os_glance are the image service's own";
  if (isAttribute(name)) return "is set by the image service only";
  if (reservedProperties.includes(name)) return "is how this provider marks its images";
  if (lostByGlance.has(name) || /^__.*__$/.test(name))
    return "Glance cannot store a property of this name: choose another";
  return undefined;
}
