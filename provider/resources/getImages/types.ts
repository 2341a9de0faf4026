import type { Visibility } from "../../glance/image";
import type { ImageOutputs } from "../image/types";
import type { LookupPlace } from "../lookupPlace";

/** Filters of {@link GetImagesOutputs}; all that are given must hold. One that the image API does not have is an error. */
export interface GetImagesInputs extends LookupPlace {
  /** Ids of the images. */
  ids?: string[];
  /** Exact name. */
  name?: string;
  /** Exact names, of which the image must have one. */
  names?: string[];
  /** Regular expression (JavaScript) that the name must match somewhere. */
  nameRegex?: string;
  /** Id of the owning project. */
  owner?: string;
  /** `queued`, `saving`, `uploading`, `importing`, `active`, `deactivated`, `killed`, `deleted` or `pending_delete`. */
  status?: string;
  /** Statuses, of which the image must have one. */
  statuses?: string[];
  /** `public`, `private`, `shared` or `community`; `all` also finds other projects' community images. */
  visibility?: Visibility | "all";
  /** Which images shared with the project count: `accepted` (default), `pending`, `rejected` or `all`. */
  memberStatus?: "accepted" | "pending" | "rejected" | "all";
  /** Image API v1, for administrators: only public images, or only the others; `visibility: all` finds both. */
  isPublic?: boolean;
  /** Whether the image is protected from deletion. */
  protected?: boolean;
  /** Whether to look among the hidden images instead of the others. */
  hidden?: boolean;
  /** Disk format, e.g. `qcow2`. */
  diskFormat?: string;
  /** Disk formats, of which the image must have one. */
  diskFormats?: string[];
  /** Container format, e.g. `bare`. */
  containerFormat?: string;
  /** Container formats, of which the image must have one. */
  containerFormats?: string[];
  /** Tags that the image must all have. */
  tags?: string[];
  /**
   * Disk that a server needs, in GiB; equality.
   * @asType integer
   */
  minDisk?: number;
  /**
   * Memory that a server needs, in MiB; equality.
   * @asType integer
   */
  minRam?: number;
  /** Smallest size of the data, in bytes. */
  sizeMin?: number;
  /** Largest size of the data, in bytes. */
  sizeMax?: number;
  /** When the image was created: `operator:time`, e.g. `gte:2026-01-31T12:00:00Z`; the operators are gt, gte, eq, neq, lt, lte. */
  createdAt?: string;
  /** When the image last changed, written like `createdAt`. */
  updatedAt?: string;
  /** Image API v1 and Compute API: images that changed since this time, RFC 3339; in v1 deleted ones too. */
  changesSince?: string;
  /** Compute API: id or URL of the server that the image is a snapshot of. */
  server?: string;
  /** Compute API: snapshots of servers (`SERVER`), all other images (`BASE`), or both (`ALL`). */
  type?: "ALL" | "BASE" | "SERVER";
  /** Custom properties and the values they must have. */
  properties?: { [name: string]: string };
  /** Order of the results: `key:direction,…`, e.g. `name:asc,created_at:desc`. Default: the image service's, newest first. */
  sort?: string;
  /** The keys of `sort` alone, separated by commas: `name`, `status`, `container_format`, `disk_format`, `size`, `id`, `created_at`, `updated_at`. */
  sortKey?: string;
  /** The directions that belong to `sortKey`: `asc` or `desc` for all keys, or one for each, separated by commas. Default `desc`. */
  sortDir?: string;
  /**
   * Images per request (page size). Default 500; the image service may give fewer.
   * @asType integer
   */
  limit?: number;
  /** Id of an image: only those after it in the order of the results. */
  marker?: string;
  /**
   * Most images to return. Default: all.
   * @asType integer
   */
  maxResults?: number;
  /** False: the brief list of the Image API v1 and the Compute API, which leaves most attributes out. */
  detail?: boolean;
}

/** Filters that must select one image. */
export interface GetImageInputs extends GetImagesInputs {
  /** Take the newest (by creation time) of all that match, instead of failing where there are several. */
  mostRecent?: boolean;
}

/** An image as the image service shows it. */
export interface GetImageOutputs
  extends Omit<ImageOutputs, "allProperties" | "localFileHash" | "createdAt" | "updatedAt"> {
  /** Id of the image. */
  id: string;
  /** When the image was created, RFC 3339 in UTC; brief lists leave it out. */
  createdAt?: string;
  /** When the image last changed, RFC 3339 in UTC; brief lists leave it out. */
  updatedAt?: string;
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
  /**
   * Percent of the data that is there; only the Compute API says so.
   * @asType integer
   */
  progress?: number;
  /** Id of the server that the image is a snapshot of. */
  serverId?: string;
  /** When the image was deleted, RFC 3339 in UTC; only in lists of the Image API v1 with `changesSince`. */
  deletedAt?: string;
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
