import { GlanceError } from "../../http/errors";

/**
 * A text as the value of a header: the bytes of its UTF-8, which Node writes one for one. Throws UNSUPPORTED for what would not
 * come back as it was: the service stores an empty value as none, HTTP strips outer blanks, and control characters end a header.
 */
export function encodeText(text: string, what: string): string {
  const fault = faultOf(text);
  if (fault === undefined) return Buffer.from(text, "utf8").toString("latin1");
  throw new GlanceError({
    code: "UNSUPPORTED",
    message: `${what} ${fault}, and the Image API v1, which carries it in an HTTP header, cannot store that`,
  });
}

export function isCarriable(text: string): boolean {
  return faultOf(text) === undefined;
}

/** The same as a reason, for those who judge before anything is sent. */
export function valueFault(text: string): string | undefined {
  const fault = faultOf(text);
  return fault && `${fault}, which the Image API v1, where it is an HTTP header, cannot store`;
}

function faultOf(text: string): string | undefined {
  if (text === "") return "is empty";
  if (/\p{Cs}/u.test(text)) return "is no Unicode";
  if (/^[ \t]|[ \t]$/.test(text)) return "begins or ends with a blank";
  if (/\p{Cc}/u.test(text.replaceAll("\t", ""))) return "has a line break or another control character";
  return undefined;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The opposite: Node reads headers byte by byte. What is no UTF-8 stays as it is. */
export function decodeText(value: string): string {
  try {
    return utf8.decode(Buffer.from(value, "latin1"));
  } catch {
    return value;
  }
}
