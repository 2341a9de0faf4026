import type { Readable } from "node:stream";
import type { RequestBody } from "../http/types";
import type { GlanceImage, Visibility } from "./image";

export type { GlanceImage, ImageStatus, ImportState, Visibility } from "./image";

/** What a create or an update may set. Absent: not touched. */
export interface ImageFields {
  name?: string | null;
  diskFormat?: string;
  containerFormat?: string;
  minDisk?: number;
  minRam?: number;
  visibility?: Visibility;
  protected?: boolean;
  hidden?: boolean;
  tags?: readonly string[];
  /** Project id; only administrators may set another than their own. */
  owner?: string;
}

export interface NewImage extends ImageFields {
  id?: string;
  properties?: Readonly<Record<string, string>>;
}

/** Changes to an existing image. A property of value null is removed; others not named are left alone. */
export interface ImageChanges extends ImageFields {
  properties?: Readonly<Record<string, string | null>>;
}

/** Image API v2, "Import an image". */
export type ImportMethod =
  | { name: "web-download"; uri: string }
  | { name: "glance-direct" }
  | { name: "copy-image" }
  | { name: "glance-download"; region: string; imageId: string; serviceInterface?: string };

export interface StoreChoice {
  stores?: readonly string[];
  allStores?: boolean;
  allStoresMustSucceed?: boolean;
}

/** Image API v2, "Tasks": one run of the import machinery on an image. */
export interface ImageTask {
  id: string;
  type: string;
  status: "pending" | "processing" | "success" | "failure" | (string & {});
  /** The server's text, with its URLs cleaned of secrets; often no more than "Task failed due to Internal Error". */
  message: string;
  requestId: string | undefined;
  /** RFC 3339, UTC. */
  createdAt: string;
}

export interface Store {
  id: string;
  description: string | undefined;
  default: boolean;
  readOnly: boolean;
}

/** Values that this cloud's image schema allows; empty when the schema does not restrict them. */
export interface Formats {
  disk: string[];
  container: string[];
}

/** Filters of a list; all given ones must hold. */
export interface ImageQuery {
  /** Of more than 50, `sort` holds only among those that are asked for together. */
  ids?: readonly string[];
  name?: string;
  owner?: string;
  status?: string;
  visibility?: Visibility | "all";
  memberStatus?: "accepted" | "pending" | "rejected" | "all";
  protected?: boolean;
  hidden?: boolean;
  diskFormat?: string;
  containerFormat?: string;
  tags?: readonly string[];
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

export interface CallOptions {
  signal?: AbortSignal | undefined;
}

export interface TransferOptions extends CallOptions {
  /** Store id; absent: the cloud's default store. */
  store?: string | undefined;
}

/**
 * The image service as the rest of the provider sees it. Each dialect implements it. Every method throws a GlanceError;
 * a 404 is an error except where the return type says `undefined`.
 */
export interface ImageApi {
  /** Base URL of the image service, for messages. */
  readonly endpoint: string;
  create(image: NewImage, options?: CallOptions): Promise<GlanceImage>;
  /** `undefined` only on a definite 404. */
  get(id: string, options?: CallOptions): Promise<GlanceImage | undefined>;
  /** One image after the other, page by page. */
  list(query: ImageQuery, options?: CallOptions): AsyncIterable<GlanceImage>;
  /** Sends what differs from `current` and nothing when nothing does; answers the image as it is afterwards. */
  update(current: GlanceImage, changes: ImageChanges, options?: CallOptions): Promise<GlanceImage>;
  upload(id: string, body: RequestBody, options?: TransferOptions): Promise<void>;
  stage(id: string, body: RequestBody, options?: CallOptions): Promise<void>;
  /** `range`: first and last byte, inclusive. `undefined` when the image has no data yet. */
  download(id: string, options?: CallOptions & { range?: readonly [number, number] }): Promise<Readable | undefined>;
  /** Answers the request id, which the task of this import carries too. */
  import(id: string, method: ImportMethod, stores?: StoreChoice, options?: CallOptions): Promise<{ requestId: string }>;
  /** False when it was already gone. */
  delete(id: string, options?: CallOptions): Promise<boolean>;
  deactivate(id: string, options?: CallOptions): Promise<void>;
  reactivate(id: string, options?: CallOptions): Promise<void>;
  /** Newest first; `undefined` where the server has no such call or does not let this user have it. */
  tasks(id: string, options?: CallOptions): Promise<ImageTask[] | undefined>;
  formats(options?: CallOptions): Promise<Formats>;
  /** Empty on single-store clouds. */
  stores(options?: CallOptions): Promise<Store[]>;
  /** Names of the import methods that the operator enabled; empty where import does not exist. */
  importMethods(options?: CallOptions): Promise<string[]>;
}
