import type { LookupPlace } from "../lookupPlace";

/** Where to look for stores. */
export type GetStoresInputs = LookupPlace;

/** A store, where the bytes of images are kept. */
export interface GetStoresStore {
  /** Id of the store, as imports and `stores` of an image name it. */
  id: string;
  /** What the operator says of it; absent where nothing. */
  description?: string;
  /** Whether bytes go here when no store is named. */
  default: boolean;
  /** Whether it takes no new images. */
  readOnly: boolean;
}

/** The stores of a cloud. */
export interface GetStoresOutputs {
  /** In the image service's order; empty where the cloud has a single store, or its image API does not tell (all but v2). */
  stores: GetStoresStore[];
  /** Id of the store that is used when none is named; absent where the cloud does not say. */
  defaultStore?: string;
}
