import type { Digest } from "./integrity/digest";

/** How the bytes get into an image. All but the first two are names of Glance (Image API v2, "Interoperable image import"). */
export type ImportMethodName = "upload" | "glance-direct" | "web-download" | "glance-download" | "copy-image";

/** `auto` takes what the cloud offers for the source. */
export type ImportMethodChoice = "auto" | ImportMethodName;

/** How the bytes in the cloud are compared with the source. */
export type VerifyPolicy = "size" | "hash" | "download" | "none";

/** How a source is compressed; `auto`: its first bytes tell. */
export type Decompress = "auto" | "none" | "gzip" | "bzip2" | "xz" | "zstd";

/** How a source's bytes get into the image, and what must hold of them. */
export interface Delivery {
  method: ImportMethodChoice;
  decompress: Decompress;
  /** Hashes of the source as it is published, before any decompression. */
  expected: readonly Digest[];
  /** Default: by every hash that costs no further transfer; with `expected` by `hash`. */
  verify?: VerifyPolicy;
}
