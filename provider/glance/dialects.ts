import type { ServiceType, Session } from "../keystone/types";
import { createAlliance } from "./alliance";
import { allianceCapabilities } from "./alliance/capabilities";
import type { ImageApi } from "./api";
import type { ApiName } from "./apiNames";
import type { Capabilities } from "./capabilities";
import { asObject, type Decode, listOf, member } from "./coerce";
import { createCompute } from "./compute";
import { computeCapabilities } from "./compute/capabilities";
import { createPlatform9, createV1 } from "./v1";
import { platform9Capabilities, v1Capabilities } from "./v1/capabilities";
import { createV2 } from "./v2";
import { v2Capabilities } from "./v2/capabilities";

/** What the configuration says about the way to speak, beyond the choice of an API. */
export interface DialectOptions {
  /** Of the Compute API. Default `json`. */
  format?: "json" | "xml" | undefined;
  /** Alliance's `X-Target-Ns`. */
  targetNs?: string | undefined;
  /** Alliance's `X-Environment-Id`. */
  environmentId?: string | undefined;
}

/** A way to speak to an image service. */
export interface Dialect {
  /** Throws CONFIG where an option that it needs is missing. */
  create(session: Session, endpoint: string, options: DialectOptions): ImageApi;
  capabilities: Capabilities;
  /** Type of the service in the catalog. Default `image`. */
  service?: ServiceType;
  /** Environment variable with the service's URL where the catalog does not list it. */
  endpointVariable?: string;
  /** True for the versions that a service speaking it lists. Absent: only on request. */
  serves?(version: string): boolean;
  /** What only a service speaking it answers, for one that does not list its versions. */
  sign?: { path: string; decode: Decode<unknown> };
}

/** The best comes first. */
export const dialects: Readonly<Record<ApiName, Dialect>> = {
  v2: {
    create: createV2,
    capabilities: v2Capabilities,
    serves: (version) => /^v2(?:\.|$)/.test(version),
    // Image API v2, "Show image schema". Some web servers answer every path with 200 and a page.
    sign: {
      path: "/v2/schemas/image",
      decode: (body, where) => member(asObject(body, where), "properties", asObject, where),
    },
  },
  v1: {
    create: createV1,
    capabilities: v1Capabilities,
    serves: (version) => /^v1(?:\.[01])?$/.test(version),
    // Image API v1, "List images".
    sign: {
      path: "/v1/images?limit=1",
      decode: (body, where) => member(asObject(body, where), "images", listOf(asObject), where),
    },
  },
  platform9: {
    create: createPlatform9,
    capabilities: platform9Capabilities,
    endpointVariable: "GLANCE_PLATFORM9_URL",
  },
  compute: {
    create: createCompute,
    capabilities: computeCapabilities,
    service: "compute",
  },
  alliance: {
    create: createAlliance,
    capabilities: allianceCapabilities,
    endpointVariable: "GLANCE_ALLIANCE_URL",
  },
};
