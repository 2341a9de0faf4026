import { GlanceError } from "../http/errors";
import type { Cloud } from "./types";

type Json = Record<string, unknown>;

/** The body of `POST /v3/auth/tokens` (Identity API v3, "Authentication and token management"). */
export function tokenRequest(cloud: Cloud): Json {
  const scope = scopeOf(cloud);
  return { auth: { identity: identityOf(cloud), ...(scope && { scope }) } };
}

function identityOf({ authType, auth }: Cloud): Json {
  switch (authType) {
    case "application_credential":
      return {
        methods: ["application_credential"],
        application_credential: {
          ...(auth.applicationCredentialId !== undefined
            ? { id: auth.applicationCredentialId }
            : { name: auth.applicationCredentialName, user: userOf(auth) }),
          secret: auth.applicationCredentialSecret,
        },
      };
    case "token":
      return { methods: ["token"], token: { id: auth.token } };
    default:
      return { methods: ["password"], password: { user: { ...userOf(auth), password: auth.password } } };
  }
}

function userOf({ userId, userName, userDomainId, userDomainName }: Cloud["auth"]): Json {
  if (userId !== undefined) return { id: userId };
  return { name: userName, domain: domainOf(userDomainId, userDomainName) };
}

function scopeOf({ name, authType, auth }: Cloud): Json | undefined {
  // Keystone binds application credentials to their project and refuses any scope beside them.
  if (authType === "application_credential") return undefined;
  const scopes = [
    auth.trustId !== undefined && { "OS-TRUST:trust": { id: auth.trustId } },
    projectScope(auth),
    auth.systemScope !== undefined && { system: { all: true } },
    (auth.domainId !== undefined || auth.domainName !== undefined) && {
      domain: auth.domainId === undefined ? { name: auth.domainName } : { id: auth.domainId },
    },
  ].filter((scope) => scope !== false && scope !== undefined);
  if (scopes.length > 1) {
    throw new GlanceError({
      code: "CONFIG",
      message: `The cloud "${name}" has several scopes (project, domain, system, trust)`,
      hint: "Keystone takes one: images need a project",
    });
  }
  return scopes[0] as Json | undefined;
}

function projectScope({ projectId, projectName, projectDomainId, projectDomainName }: Cloud["auth"]): Json | undefined {
  if (projectId !== undefined) return { project: { id: projectId } };
  if (projectName === undefined) return undefined;
  return { project: { name: projectName, domain: domainOf(projectDomainId, projectDomainName) } };
}

/** Keystone wants a domain with every name; nearly every cloud has the one called `default`. */
function domainOf(id: string | undefined, name: string | undefined): Json {
  if (id !== undefined) return { id };
  return name === undefined ? { id: "default" } : { name };
}

/** Root of the Identity API v3 below an auth URL as people write it. */
export function identityUrl(authUrl: string): string {
  const trimmed = authUrl.replace(/\/+$/, "");
  return /\/v3$/.test(trimmed) ? trimmed : `${trimmed.replace(/\/v2\.0$/, "")}/v3`;
}
