import type { ListValue, Struct, Value } from "google-protobuf/google/protobuf/struct_pb";
import { unknown } from "../../resources/unknown";
import { isUnknownSentinel, outputSignature, resourceSignature, secretSignature, signatureKey } from "./signatures";

/** Where a value is in a property map: names of members and positions in lists. */
export type Path = readonly (string | number)[];

/** Properties as plain values: unknown ones are the symbol `unknown`, references to resources are their ids. */
export interface Decoded {
  values: Record<string, unknown>;
  /** Where the values are that the user keeps secret. */
  secrets: Path[];
}

/** Properties as the engine sends them. None at all are an empty map. */
export function decode(struct: Struct | undefined): Decoded {
  const secrets: Path[] = [];
  const values = struct ? members(struct, (value, name) => plain(value, [name], secrets)) : {};
  return { values, secrets };
}

function plain(value: Value, path: Path, secrets: Path[]): unknown {
  if (value.hasStructValue()) return special(value.getStructValue() as Struct, path, secrets);
  if (value.hasListValue())
    return (value.getListValue() as ListValue)
      .getValuesList()
      .map((element, index) => plain(element, [...path, index], secrets));
  if (value.hasStringValue()) return isUnknownSentinel(value.getStringValue()) ? unknown : value.getStringValue();
  if (value.hasNumberValue()) return value.getNumberValue();
  if (value.hasBoolValue()) return value.getBoolValue();
  return null;
}

/** An object, or one of the special values that Pulumi writes as an object. */
function special(struct: Struct, path: Path, secrets: Path[]): unknown {
  const fields = struct.getFieldsMap();
  const inner = () => (fields.has("value") ? plain(fields.get("value") as Value, path, secrets) : unknown);
  switch (fields.get(signatureKey)?.getStringValue()) {
    case secretSignature:
      secrets.push(path);
      return inner();
    case outputSignature:
      if (fields.get("secret")?.getBoolValue()) secrets.push(path);
      return inner();
    case resourceSignature:
      return referredId(struct);
    default:
      return members(struct, (value, name) => plain(value, [...path, name], secrets));
  }
}

/** The id of a resource that a program passes whole; its URN where it is no resource with an id. */
function referredId(struct: Struct): unknown {
  const fields = struct.getFieldsMap();
  const id = fields.get("id");
  if (!id) return fields.get("urn")?.getStringValue();
  // A resource that is still to be made has an id that is empty or unknown.
  const text = id.getStringValue();
  return text === "" || isUnknownSentinel(text) ? unknown : text;
}

function members(struct: Struct, read: (value: Value, name: string) => unknown): Record<string, unknown> {
  const entries: [string, unknown][] = [];
  struct.getFieldsMap().forEach((value, name) => {
    entries.push([name, read(value, name)]);
  });
  return Object.fromEntries(entries);
}
