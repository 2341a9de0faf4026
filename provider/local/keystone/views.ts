import type { Service } from "./catalog";
import type { ApplicationCredential } from "./credentials";
import { domain, type Named } from "./directory";
import type { Token } from "./tokens";

const inDomain = ({ id, name }: Named) => ({ domain, id, name });
const reduced = ({ id, name }: Named) => ({ id, name });
const time = (date: Date) => date.toISOString().replace("Z", "000Z");

/** A token as Keystone describes it. Without a scope there is no catalog. */
export function tokenView(token: Token, catalog: readonly Service[] | undefined): unknown {
  const { methods, user, auditIds, expiresAt, issuedAt, scope, roles, credential } = token;
  return {
    token: {
      methods,
      user: { ...inDomain(user), password_expires_at: null },
      audit_ids: auditIds,
      expires_at: time(expiresAt),
      issued_at: time(issuedAt),
      ...(scope === undefined ? {} : { ...scopeView(scope), roles: roles.map(reduced) }),
      ...(scope === undefined || catalog === undefined ? {} : { catalog }),
      ...(credential === undefined ? {} : { application_credential: credential }),
    },
  };
}

function scopeView(scope: NonNullable<Token["scope"]>): Record<string, unknown> {
  return "project" in scope ? { project: inDomain(scope.project), is_domain: false } : { system: { all: true } };
}

/** An application credential; `secret` only in the answer to its creation. `base` is Keystone's own address. */
export function credentialView(credential: ApplicationCredential, base: string, secret?: string): unknown {
  const { id, name, description, userId, projectId, expiresAt, unrestricted, roles } = credential;
  return {
    id,
    name,
    description,
    user_id: userId,
    project_id: projectId,
    system: null,
    expires_at: expiresAt,
    unrestricted,
    roles: roles.map((role) => ({
      ...reduced(role),
      domain_id: null,
      description: null,
      options: { immutable: true },
    })),
    ...(secret === undefined ? {} : { secret }),
    links: { self: `${base}/application_credentials/${id}` },
  };
}
