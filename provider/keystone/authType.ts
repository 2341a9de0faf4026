import { GlanceError } from "../http/errors";
import type { Credentials } from "./credentials";
import type { AuthType, CloudOptions } from "./types";

/** Names without the `v3` that may stand before them. */
const authTypes: ReadonlyMap<string, AuthType> = new Map([
  ["password", "password"],
  ["token", "token"],
  ["applicationcredential", "application_credential"],
  ["application_credential", "application_credential"],
  ["admin_token", "admin_token"],
  ["token_endpoint", "admin_token"],
  ["none", "none"],
]);

/** Without a word about the type it follows from the credentials: first those of the options, then the cloud's own. */
export function authTypeOf(options: CloudOptions, configured: string | undefined, found: Credentials): AuthType {
  const word = options.authType || impliedBy(options) || configured || impliedBy(found) || "password";
  const type = authTypes.get(word.toLowerCase().replace(/^v3/, ""));
  if (type) return type;
  throw new GlanceError({
    code: "CONFIG",
    message: `The authentication type "${word}" is not supported`,
    hint: "Use password, token, v3applicationcredential, admin_token or none",
  });
}

function impliedBy(given: CloudOptions | Credentials): AuthType | undefined {
  if (given.applicationCredentialSecret) return "application_credential";
  if (given.password) return "password";
  return given.token ? "token" : undefined;
}
