import type { FastifyRequest } from "fastify";
import type { Importer } from "../imports/importer";
import type { Caller } from "../store/caller";
import type { Store } from "../store/store";

/** What the routes of the image service work with. */
export interface ImageService {
  store: Store;
  importer: Importer;
  /** Whose token this is; undefined when it is not valid. */
  callerOf(token: string): Caller | undefined;
  /** Where tokens come from, for those who have none. */
  identityUrl(request: FastifyRequest): string;
  /** Whether web-download may fetch from an address. */
  isAllowedUri(uri: string): Promise<boolean>;
}

declare module "fastify" {
  interface FastifyRequest {
    /** Who asks; set for every request below `/v2`. */
    caller: Caller;
  }
}

/** The parameter of the path called `name`. Glance takes each of its bytes for a letter, so that `ü` reads as `Ã¼`. */
export function pathParameter(request: FastifyRequest, name: string): string {
  const value = (request.params as Record<string, string>)[name] ?? "";
  return Buffer.from(value, "utf8").toString("latin1");
}

export const imageId = (request: FastifyRequest): string => pathParameter(request, "imageId");
