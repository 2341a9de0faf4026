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

/** Everything about the file that no message may repeat, however the server words it. */
export function secretsOf({ url, credentials = {} }: RemoteFile): string[] {
  const info = userInfo(url);
  const { userName, password, token, headers = {} } = credentials;
  const { search } = new URL(url);
  const secrets = [userName, password, token, ...Object.values(headers), info?.userName, info?.password];
  const sent = credentialHeaders({ url, credentials }).authorization?.replace(/^\w+ /, "");
  // A shorter one would blacken half of a text and protect nobody.
  return [...secrets, sent, search.slice(1)].filter((secret) => secret !== undefined && secret.length >= 4) as string[];
}

interface UserInfo {
  userName: string;
  password: string;
}

function userInfo(url: string): UserInfo | undefined {
  const { username, password } = new URL(url);
  return username || password ? { userName: decoded(username), password: decoded(password) } : undefined;
}

/** RFC 7617, in UTF-8. */
function basic({ userName, password }: UserInfo): string {
  return `Basic ${Buffer.from(`${userName}:${password}`).toString("base64")}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
