import type { FastifyRequest } from "fastify";
import type { Caller } from "../store/caller";
import type { Store } from "../store/store";

/** What the image proxy of the compute service works with. */
export interface ComputeService {
  store: Store;
  /** Whose token this is; undefined when it is not valid. */
  callerOf(token: string): Caller | undefined;
  /** Where tokens come from, for those who have none. */
  identityUrl(request: FastifyRequest): string;
  /** The image service without a version, to which each image has an alternate link. */
  imageUrl(request: FastifyRequest): string;
}

/** One of the two paths at which Nova serves the same calls (nova/api/openstack/__init__.py). */
export interface Generation {
  path: "/v2" | "/v2.1";
  /** Whether the client may ask for a microversion by a header, and is told which one it got. */
  hasMicroversions: boolean;
  /** Whether unknown parts of a request body are refused; the older generation overlooks them. */
  isStrict: boolean;
}

export const generations: readonly Generation[] = [
  { path: "/v2.1", hasMicroversions: true, isStrict: true },
  { path: "/v2", hasMicroversions: false, isStrict: false },
];
