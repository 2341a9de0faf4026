import type { LookupPlace } from "../lookupPlace";

/** Where to look for the usage of a project: the one that the credentials are for. */
export type GetUsageInputs = LookupPlace;

/** How much of something the project uses, and may use. */
export interface GetUsageQuota {
  /**
   * What is counted: `image_size_total` and `image_stage_total` in MiB, `image_count_total` and `image_count_uploading` in images
   * (glance/quota/keystone.py).
   */
  name: string;
  /** How much the project uses, in the unit of `name`. */
  usage: number;
  /** How much it may use, in the unit of `name`; -1: no limit. */
  limit: number;
  /** What is left, in the unit of `name`, at least 0; absent where there is no limit. */
  remaining?: number;
}

/** The usage of a project. */
export interface GetUsageOutputs {
  /** Empty where the operator limits nothing, or the image API does not tell (all but v2 since Xena). */
  quotas: GetUsageQuota[];
}
