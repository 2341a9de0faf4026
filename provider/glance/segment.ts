import { toUSVString } from "node:util";
import { GlanceError } from "../http/errors";

/**
 * A name or an id as one part of a path. Throws UNSUPPORTED for what would lead to another path: URLs resolve dots, however
 * they are written (WHATWG URL, "double-dot path segment"), so that deleting the property `..` would delete its image.
 */
export function segment(name: string): string {
  if (![".", ".."].includes(name) && toUSVString(name) === name) return encodeURIComponent(name);
  throw new GlanceError({
    code: "UNSUPPORTED",
    message: `${JSON.stringify(name)} cannot be part of a URL, so that no request can name it`,
  });
}
