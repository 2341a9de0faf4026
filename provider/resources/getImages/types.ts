import type { Visibility } from "../../glance/image";
import type { ImageOutputs } from "../image/types";

/** Filters of {@link GetImagesOutputs}; all that are given must hold. */
export interface GetImagesInputs {
  /** Ids of the images. */
  ids?: string[];
  /** Exact name. */
  name?: string;
  /** Regular expression (JavaScript) that the name must match somewhere. */
  nameRegex?: string;
  /** Id of the owning project. */
  owner?: string;
  /** `active`, `queued`, … */
  status?: string;
  /** `public`, `private`, `shared` or `community`; `all` also finds other projects' community images. */
  visibility?: Visibility | "all";
  /** Which images shared with the project count: `accepted` (default), `pending`, `rejected` or `all`. */
  memberStatus?: "accepted" | "pending" | "rejected" | "all";
  /** Whether the image is protected from deletion. */
  protected?: boolean;
  /** Whether to look among the hidden images instead of the others. */
  hidden?: boolean;
  /** Disk format, e.g. `qcow2`. */
  diskFormat?: string;
  /** Container format, e.g. `bare`. */
  containerFormat?: string;
  /** Tags that the image must all have. */
  tags?: string[];
  /** Smallest size of the data, in bytes. */
  sizeMin?: number;
  /** Largest size of the data, in bytes. */
  sizeMax?: number;
  /** When the image was created: `operator:time`, e.g. `gte:2026-01-31T12:00:00Z`; the operators are gt, gte, eq, neq, lt, lte. */
  createdAt?: string;
  /** When the image last changed, written like `createdAt`. */
  updatedAt?: string;
  /** Custom properties and the values they must have. */
  properties?: { [name: string]: string };
  /** Order of the results: `key:direction,…`, e.g. `name:asc,created_at:desc`. */
  sort?: string;
  /**
   * Images per request. Default: the image service's.
   * @asType integer
   */
  limit?: number;
  /**
   * Most images to return. Default: all.
   * @asType integer
   */
  maxResults?: number;
  /** Entry of clouds.yaml to look in instead of the configured one. */
  cloud?: string;
  /** Region to look in instead of the configured one. */
  region?: string;
}

/** Filters that must select one image. */
export interface GetImageInputs extends GetImagesInputs {
  /** Take the newest (by creation time) where several match, instead of failing. */
  mostRecent?: boolean;
}

/** An image as the image service shows it. */
export interface GetImageOutputs extends Omit<ImageOutputs, "allProperties" | "localFileHash"> {
  /** Id of the image. */
  id: string;
  /** Name of the image; not unique. */
  name?: string;
  /** Who sees the image; absent where the image service does not say. */
  visibility?: Visibility;
  /** Whether the image service refuses to delete the image. */
  protected: boolean;
  /** Whether lists leave the image out (`os_hidden`). */
  hidden: boolean;
  /** Id of the owning project. */
  owner?: string;
  /** Format of the disk, e.g. `qcow2`; absent while none is set. */
  diskFormat?: string;
  /** Format of the container, e.g. `bare`; absent while none is set. */
  containerFormat?: string;
  /**
   * Disk that a server needs, in GiB.
   * @asType integer
   */
  minDisk: number;
  /**
   * Memory that a server needs, in MiB.
   * @asType integer
   */
  minRam: number;
  /** Tags of the image; their order has no meaning. */
  tags: string[];
  /** Every custom property of the image. */
  properties: { [name: string]: string };
}

/** The images found. */
export interface GetImagesOutputs {
  /** In the wanted order. */
  images: GetImageOutputs[];
  /** Ids of `images`, in the same order. */
  ids: string[];
}
