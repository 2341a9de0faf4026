import { decoded, isSecretKey, shortestSecret, withoutScheme } from "../../http/redact";
import type { RemoteFile } from "./types";

/** The headers that tell the file's own server who asks. What the user declares wins over user info in the URL. */
export function credentialHeaders({ url, credentials = {} }: RemoteFile): Record<string, string> {
  const { userName, password = "", token, headers = {} } = credentials;
  const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  if ("authorization" in own) return own;
  if (token !== undefined) return { ...own, authorization: `Bearer ${token}` };
  const asked = userName === undefined ? userInfo(url) : { userName, password };
  return asked ? { ...own, authorization: basic(asked) } : own;
}

/** Of a value in a query whose key does not call it a secret: most shorter ones are words such as `true` and `latest`. */
const shortestValue = 8;

/** Everything about the file that no message may repeat, however the server words it. */
export function secretsOf(file: RemoteFile): string[] {
  const { userName = "", password = "", token = "" } = file.credentials ?? {};
  const headers = Object.values(credentialHeaders(file)).flatMap((value) => [value, withoutScheme(value)]);
  return [...[userName, password, token, ...headers].filter(isLong), ...secretsIn(file.url)];
}

/**
 * What no message may repeat of a URL: its user info, its query, and the values in that, as they are written and decoded. A value counts
 * from 8 characters on, or from 4 where its key says that it is a secret.
 */
export function secretsIn(url: string): string[] {
  const { userName = "", password = "" } = userInfo(url) ?? {};
  const query = new URL(url).search.slice(1);
  return [userName, password, query, ...query.split(/[&;]/).flatMap(secretValues)].filter(isLong);
}

/** Of `key=value`. */
function secretValues(pair: string): string[] {
  const end = pair.indexOf("=");
  if (end < 0) return [];
  const value = pair.slice(end + 1);
  const shortest = isSecretKey(pair.slice(0, end)) ? shortestSecret : shortestValue;
  // Servers read a plus sign as a blank or as itself.
  const forms = [value, decoded(value), decoded(value.replaceAll("+", " "))];
  return [...new Set(forms)].filter(({ length }) => length >= shortest);
}

function isLong({ length }: string): boolean {
  return length >= shortestSecret;
}

interface UserInfo {
  userName: string;
  password: string;
}

/** Whether the URL says by itself who asks. */
export function hasUserInfo(url: string): boolean {
  return userInfo(url) !== undefined;
}

function userInfo(url: string): UserInfo | undefined {
  const { username, password } = new URL(url);
  return username || password ? { userName: decoded(username), password: decoded(password) } : undefined;
}

/** RFC 7617, in UTF-8. */
function basic({ userName, password }: UserInfo): string {
  return `Basic ${Buffer.from(`${userName}:${password}`).toString("base64")}`;
}
