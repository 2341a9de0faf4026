import type { FastifyReply, FastifyRequest } from "fastify";
import { header } from "../wire/request";
import { NovaFault } from "./fault";
import type { Generation } from "./service";

/** The headers that name a microversion; the first one counts where both do. */
const headers = ["OpenStack-API-Version", "X-OpenStack-Nova-API-Version"] as const;

export const oldest = "2.1";
export const newest = "2.104";

/**
 * The microversion of a request, e.g. `2.1`, which the answer announces; the oldest one where there are none. Throws 400 for one that
 * is none and 406 for one that is not served.
 */
export function negotiateVersion(request: FastifyRequest, reply: FastifyReply, generation: Generation): string {
  if (!generation.hasMicroversions) return oldest;
  const version = requestedVersion(request);
  const [common, legacy] = headers;
  reply.headers({ [common]: `compute ${version}`, [legacy]: version });
  reply.header("Vary", [common, legacy]);
  requireServed(version);
  return version;
}

function requestedVersion(request: FastifyRequest): string {
  const wanted = computeVersion(request) ?? header(request, "x-openstack-nova-api-version") ?? oldest;
  if (wanted === "latest") return newest;
  if (/^[1-9]\d*\.(?:[1-9]\d*|0)$/.test(wanted)) return wanted;
  const rule = "Must be of format MajorNum.MinorNum.";
  throw new NovaFault(400, `API Version String ${wanted} is of invalid format. ${rule}`);
}

/** What the common header says for the service compute: the last of its versions. */
function computeVersion(request: FastifyRequest): string | undefined {
  const versions = header(request, "openstack-api-version")?.split(",") ?? [];
  const ours = versions.map((version) => version.trim().split(/\s+/)).filter(([service]) => service === "compute");
  return ours.at(-1)?.[1];
}

function requireServed(version: string): void {
  if (isWithin(version, oldest, newest)) return;
  const range = `Minimum is ${oldest} and maximum is ${newest}.`;
  throw new NovaFault(406, `Version ${version} is not supported by the API. ${range}`);
}

/** Whether a call that was removed after microversion `last` is still there. */
export const isUntil = (version: string, last: string): boolean => isWithin(version, oldest, last);

function isWithin(version: string, first: string, last: string): boolean {
  return order(first) <= order(version) && order(version) <= order(last);
}

function order(version: string): number {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major * 1e6 + minor;
}
