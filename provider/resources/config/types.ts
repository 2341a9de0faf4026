import type { ApiChoice } from "../../glance/apiNames";
import type { CloudOptions } from "../../keystone/types";

/** Configuration of the provider: which cloud to use, and how to reach it. */
export interface ProviderConfig extends CloudOptions {
  /**
   * Image API to speak: `v2` (Glance), `v1` (Glance until Pike), `platform9` (v1 with Platform9's properties), `compute` (the image proxy
   * of the Compute service), `alliance`, or `auto`, which asks the service for v2, then v1. Default `auto`.
   */
  api?: ApiChoice | undefined;
  /** What the Compute API is spoken in: `json` or `xml` (until Juno). Default `json`. */
  format?: "json" | "xml" | undefined;
  /**
   * Namespace of the Alliance API (`X-Target-Ns`); needed there. Also `GLANCE_TARGET_NS`.
   * @env GLANCE_TARGET_NS
   */
  targetNs?: string | undefined;
  /**
   * Environment of the Alliance API (`X-Environment-Id`); needed there. Also `GLANCE_ENVIRONMENT_ID`.
   * @env GLANCE_ENVIRONMENT_ID
   */
  environmentId?: string | undefined;
  /**
   * Seconds for one attempt of an ordinary request. Default 60.
   * @asType integer
   */
  requestTimeout?: number | undefined;
  /** Any text that tells this stack's interrupted images from those of a stack of the same name elsewhere. Default none. */
  stampSalt?: string | undefined;
  /**
   * Transfers of image data that one process does at a time; the others wait for their turn. Default 4.
   * @asType integer
   */
  maxConcurrentTransfers?: number | undefined;
  /**
   * MiB per second that all transfers of image data of one process may send together. Default: no limit.
   * @asType integer
   */
  maxBandwidth?: number | undefined;
  /**
   * Seconds that a transfer of image data may move no byte. Default 120.
   * @asType integer
   */
  idleTimeout?: number | undefined;
  /** Whether a preview looks at the cloud and the sources for what a create would fail at, and warns. Default true. */
  preflight?: boolean | undefined;
}
