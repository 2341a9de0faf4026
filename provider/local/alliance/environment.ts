import type { FastifyRequest } from "fastify";
import type { Caller } from "../store/caller";
import { refuse } from "../v2/refusal";
import { header } from "../wire/request";
import type { AllianceService } from "./service";

/** Headers of every request (Alliance Glance API, List images Request). */
const namespaceHeader = "X-Target-Ns";
const environmentHeader = "X-Environment-Id";

/**
 * Who a request is made for: the environment that it names owns what it creates. A token is not asked for; one that comes must be valid.
 * Throws 400 without a header, and 401.
 */
export function environmentCaller(request: FastifyRequest, { callerOf }: AllianceService): Caller {
  const token = header(request, "x-auth-token");
  if (token && callerOf(token) === undefined) throw refuse(401, "The token in X-Auth-Token is not valid.");
  required(request, namespaceHeader);
  return { userId: "", projectId: required(request, environmentHeader), roles: ["member", "reader"], isAdmin: false };
}

function required(request: FastifyRequest, name: string): string {
  const value = header(request, name.toLowerCase())?.trim();
  if (value) return value;
  throw refuse(400, `The header ${name} is missing.`);
}
