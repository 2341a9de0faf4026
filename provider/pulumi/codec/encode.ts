import { ListValue, NullValue, Struct, Value } from "google-protobuf/google/protobuf/struct_pb";
import { isUnknown } from "../../resources/unknown";
import type { Path } from "./decode";
import { secretSignature, signatureKey, unknownSentinel } from "./signatures";

/**
 * Plain values as the engine wants them; members that are undefined are left out. Values at the secret paths are
 * wrapped; a path that leads nowhere is not.
 *
 * @throws TypeError for what Pulumi has no word for: dates, functions, symbols, big integers, numbers that are not finite.
 */
export function encode(values: object, secrets: readonly Path[] = []): Struct {
  return structOf(values, secrets, []);
}

function structOf(values: object, secrets: readonly Path[], path: Path): Struct {
  const struct = new Struct();
  const fields = struct.getFieldsMap();
  for (const [name, member] of Object.entries(values)) {
    if (member !== undefined) fields.set(name, valueAt(name, member, secrets, path));
  }
  return struct;
}

/** A member or an element; `secrets` are seen from its container. */
function valueAt(step: string | number, value: unknown, secrets: readonly Path[], container: Path): Value {
  const path = [...container, step];
  const inside = secrets.filter(([first]) => first === step).map(([, ...rest]) => rest);
  const encoded = plainValue(
    value,
    inside.filter(({ length }) => length > 0),
    path,
  );
  return inside.some(({ length }) => length === 0) ? secretOf(encoded) : encoded;
}

function plainValue(value: unknown, secrets: readonly Path[], path: Path): Value {
  const encoded = new Value();
  if (isUnknown(value)) return encoded.setStringValue(unknownSentinel);
  // An element of a list that is undefined still has its place there.
  if (value === null || value === undefined) return encoded.setNullValue(NullValue.NULL_VALUE);
  if (typeof value === "string") return encoded.setStringValue(value);
  if (typeof value === "boolean") return encoded.setBoolValue(value);
  if (typeof value === "number" && Number.isFinite(value)) return encoded.setNumberValue(value);
  if (Array.isArray(value)) {
    const elements = Array.from(value, (element, index) => valueAt(index, element, secrets, path));
    return encoded.setListValue(new ListValue().setValuesList(elements));
  }
  if (isPlainObject(value)) return encoded.setStructValue(structOf(value, secrets, path));
  throw new TypeError(`${path.join(".")} is ${nameOf(value)}, which Pulumi cannot carry`);
}

function secretOf(value: Value): Value {
  const struct = new Struct();
  const fields = struct.getFieldsMap();
  fields.set(signatureKey, new Value().setStringValue(secretSignature));
  fields.set("value", value);
  return new Value().setStructValue(struct);
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function nameOf(value: unknown): string {
  if (typeof value === "number") return `the number ${value}`;
  if (typeof value === "object") return `a ${value?.constructor?.name ?? "foreign object"}`;
  return `a ${typeof value}`;
}
