import type { LookupPlace } from "../lookupPlace";

/** Where to look for import methods. */
export type GetImportMethodsInputs = LookupPlace;

/** The ways in which an image service takes the bytes of an image beside a plain upload. */
export interface GetImportMethodsOutputs {
  /**
   * `glance-direct`, `web-download`, `copy-image` and `glance-download`, as far as the operator enabled them; empty where there is no
   * import. `copyFrom` of an `Image` needs `web-download`.
   */
  methods: string[];
}
