import type { Readable } from "node:stream";
import type { RequestBody } from "../http/types";
import type { CallOptions } from "./callOptions";
import type { Capabilities } from "./capabilities";
import type { ImageChanges, NewImage } from "./fields";
import type { GlanceImage } from "./image";
import type { MemberApi } from "./members";
import type { NamespaceApi } from "./namespaces";
import type { ImageQuery } from "./query";

export type { CallOptions } from "./callOptions";
export type { ImageChanges, ImageFields, NewImage } from "./fields";
export type { GlanceImage, ImageStatus, ImportState, Visibility } from "./image";
export type { ImageQuery } from "./query";

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

/** How much of something a project may use, and uses. */
export interface Quota {
  /** E.g. `image_size_total` (MiB) or `image_count_total`. */
  name: string;
  usage: number;
  /** -1: no limit. */
  limit: number;
}

/** Values that this cloud's image schema allows; empty when the schema does not restrict them. */
export interface Formats {
  disk: string[];
  container: string[];
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
  readonly capabilities: Capabilities;
  /** Undefined where images have no members. */
  readonly members: MemberApi | undefined;
  /** Undefined where there is no catalog of metadata definitions. */
  readonly namespaces: NamespaceApi | undefined;
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
  /** Deletes the data from one of several stores. False when it was not there any more. */
  deleteFromStore(id: string, store: string, options?: CallOptions): Promise<boolean>;
  deactivate(id: string, options?: CallOptions): Promise<void>;
  reactivate(id: string, options?: CallOptions): Promise<void>;
  /** Newest first; `undefined` where the server has no such call or does not let this user have it. */
  tasks(id: string, options?: CallOptions): Promise<ImageTask[] | undefined>;
  formats(options?: CallOptions): Promise<Formats>;
  /** Empty on single-store clouds. */
  stores(options?: CallOptions): Promise<Store[]>;
  /** Names of the import methods that the operator enabled; empty where import does not exist. */
  importMethods(options?: CallOptions): Promise<string[]>;
  /** Limits of the project; empty where the operator set none, or the service has none. */
  quotas(options?: CallOptions): Promise<Quota[]>;
}
