import type { ApiChoice } from "../../glance/apiNames";
import type { Visibility } from "../../glance/image";

/**
 * Inputs of an image. Only what is declared is managed; what is not is left as it is on the image.
 */
export interface ImageInputs {
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
   * URL (http or https) that the image service imports itself (`web-download`). Another URL replaces the image.
   * @replace
   */
  copyFrom?: string;
  /**
   * File to upload; the path is relative to the program's directory. Other content replaces the image.
   * @replace
   */
  localFile?: string;
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
}

type AlwaysKnown = "minRam" | "minDisk" | "protected" | "hidden" | "tags" | "deactivated";

/** Inputs as they are on the image, and outputs. */
export type ImageState = ImageInputs & Required<Pick<ImageInputs, AlwaysKnown>> & ImageOutputs;

/** Inputs after check: the content of `localFile` is part of what is compared. */
export type CheckedImageInputs = ImageInputs & Pick<ImageOutputs, "localFileHash">;
