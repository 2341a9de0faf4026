import { Fault } from "../store/fault";
import type { Image } from "../store/image";

const largestInteger = 2 ** 31 - 1;

/** Characters beyond U+FFFF, which Glance's databases need not be able to hold. */
const fourBytes = /[\u{10000}-\u{10ffff}]/u;

/** Throws `invalid` for attributes that pass the schema, but cannot be kept. */
export function requireStorable({ name, tags, properties, minDisk, minRam }: Partial<Image>): void {
  for (const [parameter, value] of Object.entries({ min_disk: minDisk, min_ram: minRam })) {
    requireSize(parameter, value ?? 0);
  }
  for (const [property, value] of [["name", name ?? ""] as const, ...(properties ?? [])]) {
    if (fourBytes.test(property)) throw new Fault("invalid", "Property names can't contain 4 byte unicode.");
    if (!fourBytes.test(value)) continue;
    throw new Fault("invalid", `${titled(property)} can't contain 4 byte unicode characters.`);
  }
  for (const tag of tags ?? []) requireStorableTag(tag);
}

export function requireStorableTag(tag: string): void {
  if (fourBytes.test(tag)) throw new Fault("invalid", "Param values can't contain 4 byte unicode.");
}

function requireSize(parameter: string, value: number): void {
  if (value < 0) {
    throw new Fault("invalid", `Invalid value '${value}' for parameter '${parameter}': Cannot be a negative value`);
  }
  if (value > largestInteger) {
    throw new Fault("invalid", `'${parameter}' value out of range, must not exceed ${largestInteger}.`);
  }
}

/** Every word with a capital, as Python's `title()` does it: `some_property` becomes `Some_Property`. */
const titled = (text: string) =>
  text.replace(/\p{L}+/gu, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase());
