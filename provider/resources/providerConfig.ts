import type { CloudOptions } from "../keystone/types";

/** Configuration of the provider: which cloud to use, and how to reach it. */
export interface ProviderConfig extends CloudOptions {
  /**
   * Seconds for one attempt of an ordinary request. Default 60.
   * @asType integer
   */
  requestTimeout?: number | undefined;
}
