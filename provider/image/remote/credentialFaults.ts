import type { SourceCredentials } from "./types";

/** What is wrong with one property of the credentials. Neither part holds anything secret. */
export interface CredentialFault {
  /** Path within the credentials, e.g. `headers["Host"]`. */
  property: string;
  reason: string;
}

/** Headers that say how bytes travel and which of them are wanted, which is ours to say (RFC 9110, 7.6.1, 8.6, 13.1 and 14). */
const oursAlone: ReadonlySet<string> = new Set([
  "accept-encoding",
  "connection",
  "content-length",
  "expect",
  "host",
  "if-match",
  "if-modified-since",
  "if-none-match",
  "if-range",
  "if-unmodified-since",
  "keep-alive",
  "proxy-authorization",
  "proxy-connection",
  "range",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

const controlCharacter = /\p{Cc}/u;

/** Everything for which the credentials cannot be sent; empty where they can. */
export function credentialFaults(credentials: SourceCredentials): CredentialFault[] {
  return [...userFaults(credentials), ...tokenFaults(credentials), ...headerFaults(credentials)];
}

function* userFaults({ userName, password, token }: SourceCredentials): Iterable<CredentialFault> {
  if (userName === undefined) {
    if (password !== undefined) yield { property: "password", reason: "needs a userName" };
  } else {
    if (token !== undefined) yield { property: "token", reason: "cannot be combined with userName" };
    if (userName.includes(":")) yield { property: "userName", reason: "must not contain a colon" };
  }
  for (const [property, text = ""] of Object.entries({ userName, password })) {
    if (controlCharacter.test(text)) yield { property, reason: "must not contain control characters" };
  }
}

function* tokenFaults({ token }: SourceCredentials): Iterable<CredentialFault> {
  if (token === undefined || /^[\x21-\x7e]+$/.test(token)) return;
  yield { property: "token", reason: "must be printable ASCII characters without spaces" };
}

function* headerFaults({ userName, token, headers = {} }: SourceCredentials): Iterable<CredentialFault> {
  const other = userName !== undefined ? "userName" : token !== undefined ? "token" : undefined;
  const seen = new Set<string>();
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (!/^[!#$%&'*+.^`|~\w-]+$/.test(name)) {
      // What stands there may be a whole header, value included.
      yield { property: "headers", reason: "has a name that is not the name of a header" };
      continue;
    }
    const property = `headers["${name}"]`;
    if (oursAlone.has(lower)) yield { property, reason: "is set by the provider itself" };
    if (seen.has(lower)) yield { property, reason: "is there twice, with other capitals" };
    if (lower === "authorization" && other) yield { property, reason: `cannot be combined with ${other}` };
    if (!/^[\t\x20-\x7e\xa0-\xff]*$/.test(value)) {
      yield { property, reason: "must be one line of Latin characters" };
    }
    seen.add(lower);
  }
}
