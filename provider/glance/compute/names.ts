/** nova/api/validation/parameter_types.py, `metadata`. */
const acceptable = /^[a-zA-Z0-9\-_:. ]{1,255}$/;

/** Properties that Nova reads as JSON (nova/image/glance.py, `_CONVERT_PROPS`). */
const converted: ReadonlySet<string> = new Set(["mappings", "block_device_mapping"]);

/** Why a custom property cannot have this name where properties are metadata of Nova. */
export function propertyFault(name: string): string | undefined {
  // As a step of a path it would stand for the metadata, or for the whole image.
  if (name === "." || name === "..") return `the Compute API cannot name a property "${name}"`;
  if (converted.has(name)) return `Nova shows "${name}" as a list, not as it was written`;
  if (acceptable.test(name)) return undefined;
  return "the Compute API takes only ASCII letters, digits, blanks and - _ : . in a property's name, at most 255";
}

/** Why the value of a custom property cannot be metadata of Nova (nova/api/validation/parameter_types.py, `metadata`). */
export function valueFault(text: string): string | undefined {
  return text.length > 255 ? "has more than 255 characters, which is more than the Compute API takes" : undefined;
}
