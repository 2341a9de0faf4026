import type { Visibility } from "./image";

/** Filters of a list; all given ones must hold. */
export interface ImageQuery {
  /** Of more than 50, `sort` holds only among those that are asked for together. */
  ids?: readonly string[];
  name?: string;
  /** Any of these. */
  names?: readonly string[];
  owner?: string;
  status?: string;
  /** Any of these. */
  statuses?: readonly string[];
  visibility?: Visibility | "all";
  memberStatus?: "accepted" | "pending" | "rejected" | "all";
  protected?: boolean;
  hidden?: boolean;
  diskFormat?: string;
  /** Any of these. */
  diskFormats?: readonly string[];
  containerFormat?: string;
  /** Any of these. */
  containerFormats?: readonly string[];
  tags?: readonly string[];
  /** GiB; equality. */
  minDisk?: number;
  /** MiB; equality. */
  minRam?: number;
  /** Image API v1, for administrators; both kinds are what `visibility: "all"` stands for. */
  isPublic?: boolean;
  /** Only images that changed since then, RFC 3339; deleted ones too where the service still shows them. */
  changesSince?: string;
  /** Compute API: id or URL of the server that the image is a snapshot of. */
  server?: string;
  /** Compute API: snapshots of servers, or all others. */
  type?: "ALL" | "BASE" | "SERVER";
  /** False: the brief list, which leaves most attributes out. */
  detail?: boolean;
  /** Bytes, inclusive. */
  sizeMin?: number;
  sizeMax?: number;
  /** `[op:]time`, op one of gt gte lt lte eq neq. */
  createdAt?: string;
  updatedAt?: string;
  properties?: Readonly<Record<string, string>>;
  /** `key:direction,…`, e.g. `name:asc,created_at:desc`. */
  sort?: string;
  /** Images per request. Default: the server's. */
  limit?: number;
  /** Only images after this one in the sort order. */
  marker?: string;
}
