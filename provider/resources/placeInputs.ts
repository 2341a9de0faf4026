import type { ApiChoice } from "../glance/apiNames";

/** Where a resource is, as a program says it. */
export interface PlaceInputs {
  /**
   * Entry of clouds.yaml to work in instead of the configured one. Another cloud replaces the resource.
   * @replace
   */
  cloud?: string;
  /**
   * Region to work in instead of the configured one. Another region replaces the resource.
   * @replace
   */
  region?: string;
  /** Image API to speak: `auto`, `v2`, `v1`, `platform9`, `compute` or `alliance`. Default: the configured one, and `auto` with a `cloud` of its own. */
  api?: ApiChoice;
}
