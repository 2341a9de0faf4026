/** Image API v2, "Image statuses". Other words of future servers are kept as they are. */
export type ImageStatus =
  | "queued"
  | "saving"
  | "uploading"
  | "importing"
  | "active"
  | "deactivated"
  | "killed"
  | "deleted"
  | "pending_delete"
  | (string & {});

export type Visibility = "public" | "private" | "shared" | "community";

/** An image as every dialect of the image service is read into. */
export interface GlanceImage {
  id: string;
  name: string | null;
  status: ImageStatus;
  visibility: Visibility | undefined;
  protected: boolean;
  /** `os_hidden`: left out of lists by default. */
  hidden: boolean;
  /** Project id. */
  owner: string | null;
  diskFormat: string | null;
  containerFormat: string | null;
  /** GiB. */
  minDisk: number;
  /** MiB. */
  minRam: number;
  /** Bytes; null while the image has no data. */
  size: number | null;
  /** Bytes of the disk inside; null when unknown. */
  virtualSize: number | null;
  /** MD5, hexadecimal. */
  checksum: string | null;
  osHashAlgo: string | null;
  osHashValue: string | null;
  /** RFC 3339, UTC. */
  createdAt: string;
  updatedAt: string;
  /** A set: the server gives them in any order. */
  tags: string[];
  /** Custom properties; never a key that the server manages. */
  properties: Record<string, string>;
  /** Stores that hold the data; empty on single-store clouds. */
  stores: string[];
  directUrl: string | undefined;
  /** Path of the data below the image service. */
  file: string | undefined;
  import: ImportState;
  /** Attributes of a newer server that this version does not know and that are not strings. */
  unknown: Record<string, unknown>;
}

/** `os_glance_*` attributes of an image (glance/async_/flows/api_image_import.py). */
export interface ImportState {
  /** Id of the task that holds the image's import lock. */
  task: string | undefined;
  importingTo: string[];
  failedStores: string[];
}
