import { stripVTControlCharacters, toUSVString } from "node:util";
import { faultIn } from "./fault";
import { cleanUrlsIn, withoutSecrets } from "./redact";

/** The longest reason that is shown, in UTF-16 units. */
export const longestReason = 600;

/** More of a page is never looked at: a reason comes early, and cleaning must stay cheap. */
const longestPage = 16 * 1024;

/**
 * The server's own words in the body of an error, on one line, without markup and control characters, without the given secrets, and
 * with its URLs cleaned of theirs. Undefined when it gave none.
 * Knows the three forms of webob that Glance uses (glance/common/wsgi.py), the faults of Nova, the JSON errors of Keystone, and the pages of proxies.
 */
export function reasonIn(body: string, secrets: readonly string[] = []): string | undefined {
  const text = withoutSecrets(body, secrets);
  const told = fromFault(text) ?? fromJson(text) ?? fromText(firstOf(text));
  // JSON and HTML may have escaped a secret, which only their decoding brings to light.
  const clean = cleanUrlsIn(withoutSecrets(oneLine(told), secrets));
  return clean === "" ? undefined : shortened(clean);
}

/** Ends with a whole word: half a URL would not be known as one with a secret in it. */
function firstOf(text: string): string {
  if (text.length <= longestPage) return text;
  const first = text.slice(0, longestPage);
  const end = Math.max(...[" ", "\n", "\t", ">"].map((mark) => first.lastIndexOf(mark)));
  return end > longestReason ? first.slice(0, end) : first;
}

function fromFault(body: string): string | undefined {
  const { message = "", details = "" } = faultIn(body) ?? {};
  return (
    [message, details]
      .map((text) => lastPart(firstOf(text)))
      .join(" ")
      .trim() || undefined
  );
}

function fromJson(body: string): string | undefined {
  try {
    const message = messageIn(JSON.parse(body), 0);
    return message === undefined ? undefined : lastPart(firstOf(message));
  } catch {
    return undefined;
  }
}

const messageKeys = ["message", "error_message", "faultstring", "detail", "error_description", "title"];

/** `{message}`, `{error: {message}}`, `{badRequest: {message}}`, `{errors: [{detail}]}`: the first message within three levels. */
function messageIn(value: unknown, depth: number): string | undefined {
  if (typeof value === "string") return value.trim() === "" ? undefined : value;
  if (typeof value !== "object" || value === null || depth > 3) return undefined;
  const fields = value as Record<string, unknown>;
  for (const key of messageKeys) {
    const message = Object.hasOwn(fields, key) ? messageIn(fields[key], depth + 1) : undefined;
    if (message !== undefined) return message;
  }
  const values = Object.values(fields);
  for (const inner of values) {
    const isNamed = typeof inner === "object" || values.length === 1;
    const message = isNamed ? messageIn(inner, depth + 1) : undefined;
    if (message !== undefined) return message;
  }
  return undefined;
}

/** An HTML or XML page, or webob's plain text: the status line, then the reason. */
function fromText(body: string): string {
  const isPage = /^\s*(?:<!doctype|<html|<\?xml|<[a-z]+ xmlns)/i.test(body);
  const text = isPage ? pageText(body) : body;
  return lastPart(text.replace(/^\s*[1-5]\d\d [A-Za-z' -]+(?=\n|$)/, ""));
}

function pageText(page: string): string {
  const content = page.replace(/<(head|script|style)\b[^<>]*>.*?<\/\1\s*>/gis, " ");
  const said = /<message[^<>]*>([^<]*)<\/message>/i.exec(content)?.[1];
  if (said !== undefined) return said;
  // A heading only repeats the status.
  return content.replace(/<h1\b[^<>]*>[^<]*<\/h1\s*>/gi, " ").replace(/<(?!br\b)[a-z!/?][^<>]*>/gi, " ");
}

/** webob puts a general sentence before `<br /><br />` and the reason after it, or the reason before and nothing after. */
function lastPart(text: string): string {
  const parts = text.split(/<br\s*\/?>/i).map((part) => part.replace(knownTag, " ").trim());
  return parts.findLast((part) => part !== "") ?? "";
}

const knownTag = /<\/?(?:a|b|body|center|code|div|em|h[1-6]|hr|html|i|li|ol|p|pre|small|span|strong|tt|ul)\b[^<>]*>/gi;

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

function withoutEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,5}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return entities[String(name).toLowerCase()] ?? whole;
    const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

function oneLine(text: string): string {
  // A schema violation is followed by the whole schema, which helps nobody.
  const [sentence = ""] = withoutEntities(text).split("Failed validating", 1);
  return stripVTControlCharacters(toUSVString(sentence))
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim();
}

function shortened(text: string): string {
  if (text.length <= longestReason) return text;
  // Never half a character: a lone surrogate is dropped with the cut.
  return `${text
    .slice(0, longestReason - 2)
    .replace(/[\ud800-\udbff]$/, "")
    .trimEnd()} …`;
}
