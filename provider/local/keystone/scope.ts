import { findProject, type Named, projectsOf, rolesIn, systemRoles, type User } from "./directory";
import { missing, unauthorized } from "./errors";
import { domainReference, isObject, objectIn, type Parts, reference } from "./parts";
import type { Scope } from "./tokens";

/** A scope together with the roles that a user has in it. */
export interface ScopedRoles {
  scope: Scope;
  roles: readonly Named[];
}

/** What a token request asks for; `none` for nothing at all. */
export type WantedScope = "none" | "unscoped" | "system" | "domain" | { project: Named };

/** Reads `auth.scope`. Throws 400 for anything but one known scope, 401 for a project that does not exist. */
export function wantedScope(scope: unknown): WantedScope {
  if (scope === undefined) return "none";
  if (scope === "unscoped") return "unscoped";
  const [kind, ...others] = isObject(scope) ? kinds.filter((name) => name in scope) : [];
  if (kind === undefined || others.length > 0) throw missing(`${kinds.slice(0, -1).join(", ")} or unscoped`, "scope");
  return readers[kind](scope as Parts);
}

const kinds = ["system", "project", "domain", "OS-TRUST:trust", "unscoped"] as const;

const readers: Record<(typeof kinds)[number], (scope: Parts) => WantedScope> = {
  system: () => "system",
  unscoped: () => "unscoped",
  project: (scope) => {
    const project = findProject(reference(objectIn(scope, "project", "scope"), "project", "scope/project"));
    if (project === undefined) throw unauthorized();
    return { project };
  },
  domain: (scope) => {
    domainReference(objectIn(scope, "domain", "scope"), "scope/domain");
    return "domain";
  },
  // There are no trusts.
  "OS-TRUST:trust": () => {
    throw unauthorized();
  },
};

/** The scope that a user gets. Throws 401 where the user has no role in it; nobody has one on a domain. */
export function grantedScope(user: User, wanted: WantedScope): ScopedRoles {
  if (wanted === "none" || wanted === "unscoped") return { scope: undefined, roles: [] };
  if (wanted === "domain") throw unauthorized();
  const granted: ScopedRoles =
    wanted === "system"
      ? { scope: { system: true }, roles: systemRoles(user.id) }
      : { scope: wanted, roles: rolesIn(user.id, wanted.project.id) };
  if (granted.roles.length === 0) throw unauthorized();
  return granted;
}

/** A project of the user by its id. */
export const ownProject = (userId: string, projectId: string): Named | undefined =>
  projectsOf(userId).find(({ id }) => id === projectId);
