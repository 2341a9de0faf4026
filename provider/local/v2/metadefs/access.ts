import type { FastifyRequest } from "fastify";
import type { Caller } from "../../store/caller";
import type { Metadefs, Namespace } from "../../store/metadefs";
import type { Store } from "../../store/store";
import { denied } from "../policy";
import { Refusal, refuse } from "../refusal";
import { pathParameter } from "../service";

/** Whether a namespace exists for the caller. */
export const isVisible = ({ owner, visibility }: Namespace, { isAdmin, projectId }: Caller): boolean =>
  isAdmin || visibility === "public" || owner === projectId;

/** How a namespace is denied that is not there, and one that the caller must not know of. */
interface Denial {
  missing(name: string): Refusal;
  invisible(name: string): Refusal;
}

const plainly = (name: string) => refuse(404, `Namespace ${name} not found`);
const inDetail = (name: string) => refuse(404, `Metadata definition namespace=${name} was not found.`);

/** The different words of Glance's controllers. */
export const denials = {
  plain: { missing: plainly, invisible: plainly },
  object: { missing: inDetail, invisible: plainly },
  show: { missing: inDetail, invisible: () => new Refusal(404) },
  marker: {
    missing: inDetail,
    invisible: (name) => refuse(403, `Forbidding request, metadata definition namespace=${name} is not visible.`),
  },
} satisfies Record<string, Denial>;

/** The namespace of that name. Throws what `denial` says. */
export function visibleNamespace(metadefs: Metadefs, caller: Caller, name: string, denial: Denial): Namespace {
  const namespace = metadefs.find(name);
  if (namespace === undefined) throw denial.missing(name);
  if (!isVisible(namespace, caller)) throw denial.invisible(name);
  return namespace;
}

/** The namespace that the path names, for somebody who may do this. Throws 404 and 403. */
export function namespaceFor(
  { metadefs }: Store,
  request: FastifyRequest,
  action: string,
  denial: Denial = denials.plain,
): Namespace {
  const namespace = visibleNamespace(metadefs, request.caller, pathParameter(request, "namespace"), denial);
  requireMetadef(action, request.caller);
  return namespace;
}

const isReading = (action: string) => /^(?:get|list)_/.test(action);

/** Throws 403, or 404 where the caller may not even read (glance/policies/metadef.py and glance/api/v2/policy.py). */
export function requireMetadef(action: string, { projectId, isAdmin, roles }: Caller): void {
  const mayRead = projectId !== null && (isAdmin || roles.includes("reader"));
  if (!mayRead) throw new Refusal(404);
  if (!isAdmin && !isReading(action)) throw denied(action);
}

/** Throws 403 for a protected namespace, or for a part of it that is called `what`. */
export function requireDeletable(namespace: Namespace, what = `namespace ${namespace.name}`): void {
  if (namespace.protected) throw refuse(403, `Metadata definition ${what} is protected and cannot be deleted.`);
}
