import type { ApiChoice } from "../glance/apiNames";

/** Where to look, instead of the configured place. */
export interface LookupPlace {
  /** Entry of clouds.yaml to look in instead of the configured one. */
  cloud?: string;
  /** Region to look in instead of the configured one. */
  region?: string;
  /** Image API to speak instead of the configured one: `auto`, `v2`, `v1`, `platform9`, `compute` or `alliance`. */
  api?: ApiChoice;
}
