import { toUSVString } from "node:util";

const hidden = "***";

/**
 * Query keys whose value gives access to something: signed URLs of S3, Google, Azure, CloudFront and Swift, and tokens of any kind.
 * `sort_key` and other harmless keys stay readable.
 */
const secretKey =
  /^(?:x-(?:amz|goog)-.*|key|policy|awsaccesskeyid|googleaccessid|sig|.*[-_]sig|(?:.*[-_])?auth(?:orization)?|.*(?:signature|token|passw(?:or)?d|passphrase|pwd|secret|credential|api[-_]?key|access[-_]?key).*)$/is;

const secretHeader = /auth|token|secret|cookie|key/i;
const secretField = /^(?:password|secret|token|passcode)$/i;

/** The URL as it may be shown: without user info and fragment, and with the values of secret query keys replaced. Never throws. */
export function cleanUrl(url: string): string {
  const text = withoutUser(url.trim().replace(/\s/g, "%20"));
  const [address = ""] = text.split("#", 1);
  return visible(withoutSecretValues(address));
}

/**
 * The text, such as a server's own words, with every URL in it as `cleanUrl` shows it. Of URLs without a host, which Python's HTTP
 * clients name in their errors, the secret query values are hidden. Cut a text after this: half a URL may not look like one. Never throws.
 */
export function cleanUrlsIn(text: string): string {
  return text.replace(/\S+/g, (word) =>
    word
      .split(/(?=\b\w{1,20}:\/\/)/)
      .map(cleanPart)
      .join(""),
  );
}

function cleanPart(part: string): string {
  if (!/^\w+:\/\//.test(part)) return withoutSecretValues(part);
  // What quotes or ends the sentence is no part of the URL.
  const end = part.search(/[)\]}>"'.,;:!]{1,4}$/);
  return end < 0 ? cleanUrl(part) : cleanUrl(part.slice(0, end)) + part.slice(end);
}

function withoutSecretValues(address: string): string {
  const start = address.indexOf("?");
  if (start < 0) return address;
  return address.slice(0, start) + address.slice(start).replace(/[?&;][^&;]*/g, hideValue);
}

function withoutUser(url: string): string {
  if (URL.canParse(url)) {
    const parsed = new URL(url);
    if (!parsed.username && !parsed.password) return url;
    parsed.username = "";
    parsed.password = "";
    return parsed.href;
  }
  // What is not a URL may still hold one with a password that breaks it, such as http://user:pa/ss@host.
  const [start, end] = [url.indexOf("//"), url.lastIndexOf("@")];
  return start >= 0 && end > start ? url.slice(0, start + 2) + url.slice(end + 1) : url;
}

/** Of `?key=value`, or the same after `&` or `;`. */
function hideValue(pair: string): string {
  const end = pair.indexOf("=");
  return end > 0 && isSecretKey(pair.slice(1, end)) ? `${pair.slice(0, end)}=${hidden}` : pair;
}

/** Without percent-encoding; as it is where that is broken. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function visible(text: string): string {
  return text.replace(/[^\x21-\x7e]/gu, (character) => encodeURIComponent(toUSVString(character)));
}

/** Whether the value of this query key, as it is written, gives access to something. */
export function isSecretKey(key: string): boolean {
  return secretKey.test(decoded(key));
}

/** Characters of a secret: a shorter one would blacken half of a text and protect nobody. */
export const shortestSecret = 4;

/** Every secret that a request carries in its headers and its JSON, to be kept out of whatever the server echoes. */
export function secretsOf(headers: Readonly<Record<string, string>>, json: unknown): string[] {
  const inHeaders = Object.entries(headers).flatMap(([name, value]) =>
    secretHeader.test(name) ? [value, withoutScheme(value)] : [],
  );
  return [...inHeaders, ...secretLeaves(json, false)].filter(({ length }) => length >= shortestSecret);
}

/** Of a header like `Bearer TOKEN` what follows the scheme. */
export function withoutScheme(header: string): string {
  return header.replace(/^\S+ +/, "");
}

function secretLeaves(value: unknown, secret: boolean): string[] {
  if (typeof value === "string") return secret ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => secretLeaves(inner, secret || secretField.test(key)));
}

/** The text without the given secrets. One may be a part of another, of which nothing may stay. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const longestFirst = secrets.toSorted((one, other) => other.length - one.length);
  return longestFirst.reduce((clean, secret) => clean.replaceAll(secret, hidden), text);
}
