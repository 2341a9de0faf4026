import type { LookupPlace } from "../lookupPlace";

/** The image whose tasks are asked for. */
export interface GetImageTasksInputs extends LookupPlace {
  /** Id of the image. */
  imageId: string;
}

/** One import into an image. */
export interface GetImageTasksTask {
  /** Id of the task. */
  id: string;
  /** E.g. `api_image_import`. */
  type: string;
  /** `pending`, `processing`, `success` or `failure`. */
  status: string;
  /** What the image service says of it: how far it is, or why it failed. */
  message: string;
  /** Id of the request that began it (`x-openstack-request-id`), by which operators find it in their logs; absent where unknown. */
  requestId?: string;
  /** When it began, RFC 3339 in UTC. */
  createdAt: string;
}

/** The imports into an image. */
export interface GetImageTasksOutputs {
  /** Newest first; those that the project of the credentials began, as long as the image service keeps them (48 hours by default). */
  tasks: GetImageTasksTask[];
}
