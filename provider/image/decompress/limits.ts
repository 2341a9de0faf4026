/** How much content compressed data may have. */
export interface Limits {
  /** Bytes that any data may unpack to. */
  free: number;
  /** Beyond these: bytes of content per byte of all the data, or that was read so far where its length is not known. */
  ratio: number;
}

/** A sparse raw disk reaches a ratio of a few hundred; gzip reaches 1032 at most, the others thousands and more. */
export const limits: Limits = { free: 1024 ** 3, ratio: 1000 };

/** Memory that zstd data may ask for as its window: 256 MiB, in powers of two (RFC 8878, "Window Descriptor"). */
export const largestWindowLog = 28;

/** Memory that xz data may ask for as its dictionary, in MiB: what `xz -9` uses, and all that its decoder takes. */
export const largestDictionary = 64;
