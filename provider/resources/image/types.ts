import type { ApiChoice } from "../../glance/apiNames";
import type { Visibility } from "../../glance/image";
import type { OnDelete, OnInUse } from "../../image/deletion";
import type { Decompress, ImportMethodChoice, VerifyPolicy } from "../../image/delivery";

/** Another image whose bytes are taken. */
export interface SourceImage {
  /** Id (UUID) of the image. */
  imageId: string;
  /** Region that has it. Default: the region of the new image. */
  region?: string | undefined;
  /** Entry of clouds.yaml that has it. Default: the cloud of the new image. */
  cloud?: string | undefined;
}

/** How the server of `copyFrom` and `checksumsUrl` is told who asks. */
export interface SourceCredentials {
  /** Name for basic authentication. */
  userName?: string | undefined;
  /** Password for basic authentication. */
  password?: string | undefined;
  /** Bearer token. */
  token?: string | undefined;
  /** Headers to send, e.g. `X-Api-Key`. */
  headers?: { [name: string]: string } | undefined;
}

/** Inputs of an image that its state repeats. */
export interface ImageSettings {
  /** Name of the image, at most 255 characters; names need not be unique. Default: the resource's name when the image is created. */
  name?: string;
  /**
   * Format of the container, e.g. `bare`, `ovf`, `ova`, `docker`. Which ones a cloud takes its image schema says. Needed with a source.
   * @replace
   */
  containerFormat?: string;
  /**
   * Format of the disk, e.g. `qcow2`, `raw`, `vmdk`, `iso`. Which ones a cloud takes its image schema says. Needed with a source.
   * @replace
   */
  diskFormat?: string;
  /**
   * Memory that a server needs to boot from the image, in MiB.
   * @asType integer
   */
  minRam?: number;
  /**
   * Disk that a server needs to boot from the image, in GiB.
   * @asType integer
   */
  minDisk?: number;
  /** Who sees the image: `private`, `shared` (with members), `community` or `public`. Default: the image service's (`shared`). */
  visibility?: Visibility;
  /** Whether the image service refuses to delete the image. */
  protected?: boolean;
  /** Whether lists leave the image out (`os_hidden`). */
  hidden?: boolean;
  /** Tags, at most 255 characters each; their order has no meaning. */
  tags?: string[];
  /** Custom properties, e.g. `hw_disk_bus`. Properties on the image that are not declared here are left alone. */
  properties?: { [name: string]: string };
  /**
   * Ids of the projects that the image is shared with, and no others; their order has no meaning. The image's visibility must be
   * `shared` (v1: `private`), its default. Other members are removed: do not declare an `ImageMember` for this image as well.
   */
  members?: string[];
  /**
   * URL (http or https) of the data: the image service imports it, or the provider streams it there (see `importMethod`). Other content
   * replaces the image. The same content with a new query, such as a new signature, does not, and neither does another URL with the same
   * hash (`sourceHash`, `checksumsUrl`).
   * @replace
   */
  copyFrom?: string;
  /**
   * File to upload; the path is relative to the program's directory. Other content replaces the image.
   * @replace
   */
  localFile?: string;
  /**
   * Another image to copy, in this region or another one. Another id replaces the image.
   * @replace
   */
  sourceImage?: SourceImage;
  /**
   * How the bytes get into the image. `upload`: the provider sends them. `glance-direct`: it stages them, and the image service imports.
   * `web-download` (with `copyFrom`) and `glance-download` (with `sourceImage`, from another region): the image service fetches them.
   * `copy-image`: the provider uploads to the first of the `stores`, and the image service copies to the others. `auto` takes what the
   * cloud offers, and falls back to the next one with a warning. Default `auto`.
   */
  importMethod?: ImportMethodChoice;
  /**
   * Hash that the source must have as it is published, e.g. `sha256:…` (also `md5`, `sha1`, `sha512`). Another one replaces the image.
   * @replace
   */
  sourceHash?: string;
  /**
   * URL (http or https) of a file with the hashes of published files, such as `SHA256SUMS`; the source must have the one that stands there
   * under its name.
   */
  checksumsUrl?: string;
  /**
   * How the bytes in the cloud are compared with the source: by `hash`, reading the source once more from here where the image service
   * fetched it and keeps another kind of hash; by a `download` of the image; by `size` only; or `none`. Default: by every hash that costs
   * no further transfer; with `sourceHash` or `checksumsUrl` `hash`.
   */
  verify?: VerifyPolicy;
  /**
   * How the source is compressed; it is decompressed on its way. `auto` looks at its first bytes. Default `auto`.
   * @replace
   */
  decompress?: Decompress;
  /**
   * Ids of the stores that hold the data, and no others. A change copies to those that are new and deletes from those that are gone.
   * Default: the cloud's default store. Excludes `allStores`.
   */
  stores?: string[];
  /** Whether all stores of the cloud that can be written hold the data. */
  allStores?: boolean;
  /** Whether the image fails when one of its stores does; otherwise a warning names that store. Default true. */
  allStoresMustSucceed?: boolean;
  /**
   * Id (UUID) to create the image with. Default: the image service chooses. It never gives the id of a deleted image out again.
   * @replace
   */
  imageId?: string;
  /** Whether the image's data cannot be used (deactivated). */
  deactivated?: boolean;
  /** Id of the project that owns the image; only administrators may set another than their own. */
  owner?: string;
  /**
   * Entry of clouds.yaml to create the image in instead of the configured one. Another cloud replaces the image.
   * @replace
   */
  cloud?: string;
  /**
   * Region to create the image in instead of the configured one. Another region replaces the image.
   * @replace
   */
  region?: string;
  /** Image API to speak instead of the configured one: `auto`, `v2`, `v1`, `platform9`, `compute` or `alliance`. */
  api?: ApiChoice;
  /**
   * How long to wait for the image to become active after its bytes or URL were accepted, in seconds. Default: the time that
   * `customTimeouts` give the whole operation, else 1800.
   * @asType integer
   */
  waitTimeout?: number;
  /**
   * What happens to the image when the resource is deleted or replaced: `delete` it, `hide` or `deactivate` it, or leave it as it is
   * (`retain`). Default `delete`.
   */
  onDelete?: OnDelete;
  /** Whether a `protected` image is deleted all the same. Default false. */
  forceUnprotect?: boolean;
  /**
   * What happens instead when an image cannot be deleted because servers, volumes or snapshots use it: `fail`, `hide`, `deactivate` or
   * `retain`. Default `fail`.
   */
  onInUse?: OnInUse;
}

/**
 * Inputs of an image. Only what is declared is managed; what is not is left as it is on the image.
 */
export interface ImageInputs extends ImageSettings {
  /**
   * Credentials for the server of `copyFrom`, and for that of `checksumsUrl` where it is the same or there is no `copyFrom`. Only the
   * provider uses them: the image service is never told.
   * @secret
   */
  sourceCredentials?: SourceCredentials;
}

/** What is known of an image beside its inputs. */
export interface ImageOutputs {
  /** `queued`, `saving`, `uploading`, `importing`, `active`, `deactivated` or `killed` (Image API v2, "Image statuses"). */
  status: string;
  /** Size of the data in bytes; absent while there is none. */
  size?: number;
  /** Size of the disk inside in bytes; absent where the image service does not know it. */
  virtualSize?: number;
  /** MD5 of the data, hexadecimal. */
  checksum?: string;
  /** Algorithm of `osHashValue`, e.g. `sha512`. */
  osHashAlgo?: string;
  /** Hash of the data, hexadecimal. */
  osHashValue?: string;
  /** When the image was created, RFC 3339 in UTC. */
  createdAt: string;
  /** When the image last changed, RFC 3339 in UTC. */
  updatedAt: string;
  /** Path of the data below the image service. */
  file?: string;
  /** URL of the data in the cloud's store, where the operator shows it. */
  directUrl?: string;
  /** Stores that hold the data; empty where the cloud has a single one. */
  stores: string[];
  /** Every custom property on the image, declared or not. */
  allProperties: { [name: string]: string };
  /** `sha256:` and the hash of the file that `localFile` names. */
  localFileHash?: string;
  /** What tells the content at `copyFrom` from another: its hash, or the ETag, date and length that its server tells. */
  sourceIdentity?: string;
  /** How the bytes in the cloud were compared with the source: by `hash`, `download`, `size` or not at all (`none`). */
  verifiedBy?: VerifyPolicy;
}

type AlwaysKnown = "minRam" | "minDisk" | "protected" | "hidden" | "tags" | "deactivated";

/** Inputs as they are on the image, and outputs. */
export type ImageState = ImageSettings & Required<Pick<ImageSettings, AlwaysKnown>> & ImageOutputs;

/** Inputs after check: the content of the source is part of what is compared. */
export type CheckedImageInputs = ImageInputs & Pick<ImageOutputs, "localFileHash" | "sourceIdentity">;
