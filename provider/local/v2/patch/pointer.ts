import { refuse } from "../refusal";

/**
 * The parts of a JSON pointer as Glance reads it: blanks around a part and extra slashes at the start are lost. Throws 400. After
 * glance/api/v2/images.py, _decode_json_pointer.
 */
export function decodePointer(pointer: string): string[] {
  if (!pointer.startsWith("/")) throw refuse(400, `Pointer \`${pointer}\` does not start with "/".`);
  if (/\/\s*?\//.test(pointer.slice(1))) throw refuse(400, `Pointer \`${pointer}\` contains adjacent "/".`);
  if (pointer.length > 1 && pointer.endsWith("/")) throw refuse(400, `Pointer \`${pointer}\` end with "/".`);
  if (/~(?![01])/.test(pointer)) {
    throw refuse(400, `Pointer \`${pointer}\` contains "~" not part of a recognized escape sequence.`);
  }
  const parts = pointer.replace(/^\/+/, "").split("/");
  return parts.map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~").trim());
}
