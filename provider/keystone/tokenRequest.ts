import { GlanceError } from "../http/errors";
import type { AuthKey, Cloud } from "./types";

type Json = Record<string, unknown>;

/** Root of the Identity API v3 below an auth URL as people write it. */
export function identityUrl(authUrl: string): string {
  const trimmed = authUrl.replace(/(?<!\/)\/+$/, "");
  return trimmed.endsWith("/v3") ? trimmed : `${trimmed.replace(/\/v2\.0$/, "")}/v3`;
}

/**
 * The body of `POST /v3/auth/tokens` (Identity API v3, "Authentication and token management"). Throws CONFIG for what
 * is missing or contradicts itself.
 */
export function tokenRequest(cloud: Cloud): Json {
  if (!cloud.authUrl) throw missing(cloud, "authUrl (OS_AUTH_URL)");
  const scope = scopeOf(cloud);
  return { auth: { identity: identityOf(cloud), ...(scope && { scope }) } };
}

function identityOf(cloud: Cloud): Json {
  switch (cloud.authType) {
    case "application_credential":
      return { methods: ["application_credential"], application_credential: applicationCredential(cloud) };
    case "token":
      return { methods: ["token"], token: { id: required(cloud, "token") } };
    default:
      return { methods: ["password"], password: { user: { ...userOf(cloud), password: required(cloud, "password") } } };
  }
}

function applicationCredential(cloud: Cloud): Json {
  const { applicationCredentialId: id, applicationCredentialName: name } = cloud.auth;
  const secret = required(cloud, "applicationCredentialSecret");
  if (id === undefined && name === undefined) throw missing(cloud, named("applicationCredentialId"));
  return id !== undefined ? { id, secret } : { name, secret, user: userOf(cloud) };
}

function userOf(cloud: Cloud): Json {
  const { userId, userDomainId, userDomainName } = cloud.auth;
  if (userId !== undefined) return { id: userId };
  return { name: required(cloud, "userName"), domain: domainOf(userDomainId, userDomainName) };
}

function scopeOf(cloud: Cloud): Json | undefined {
  const { authType, auth, source } = cloud;
  // Keystone binds an application credential to its project and refuses any scope beside it.
  if (authType === "application_credential") return undefined;
  const scopes = [
    trustScope(auth),
    projectScope(auth),
    systemScope(auth, source),
    auth.domainId || auth.domainName ? { domain: domainOf(auth.domainId, auth.domainName) } : undefined,
  ].filter((scope) => scope !== undefined);
  if (scopes.length > 1) {
    throw new GlanceError({
      code: "CONFIG",
      message: `Several scopes (project, domain, system or trust) are set for ${source}`,
      hint: "Keystone takes one; images need a project",
    });
  }
  return scopes[0];
}

type Auth = Cloud["auth"];

function trustScope({ trustId }: Auth): Json | undefined {
  return trustId === undefined ? undefined : { "OS-TRUST:trust": { id: trustId } };
}

function projectScope({ projectId, projectName, projectDomainId, projectDomainName }: Auth): Json | undefined {
  if (projectId !== undefined) return { project: { id: projectId } };
  if (projectName === undefined) return undefined;
  return { project: { name: projectName, domain: domainOf(projectDomainId, projectDomainName) } };
}

function systemScope({ systemScope: scope }: Auth, source: string): Json | undefined {
  if (scope === undefined) return undefined;
  if (scope === "all") return { system: { all: true } };
  throw new GlanceError({
    code: "CONFIG",
    message: `The system scope of ${source} is "${scope}"; Keystone knows "all" only`,
  });
}

/** Keystone wants a domain with every name; the one that every Keystone is set up with has the id `default`. */
function domainOf(id: string | undefined, name: string | undefined): Json {
  if (id !== undefined) return { id };
  return name === undefined ? { id: "default" } : { name };
}

function required(cloud: Cloud, key: AuthKey): string {
  const value = cloud.auth[key];
  if (value === undefined) throw missing(cloud, named(key));
  return value;
}

/** `userName (OS_USERNAME)`. */
function named(key: AuthKey): string {
  const variable = key === "userName" ? "USERNAME" : key.replace(/[A-Z]/g, "_$&").toUpperCase();
  return `${key} (OS_${variable})`;
}

function missing({ source }: Cloud, what: string): GlanceError {
  return new GlanceError({
    code: "CONFIG",
    message: `${what} is missing in ${source}`,
    hint: "Set it there or with `pulumi config set`, or choose an entry of clouds.yaml with OS_CLOUD",
  });
}
