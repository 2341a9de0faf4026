/** Hash functions that publishers of images and image services use. */
export const hashAlgorithms = ["md5", "sha1", "sha256", "sha512"] as const;

export type HashAlgorithm = (typeof hashAlgorithms)[number];

/** The hash of some content. */
export interface Digest {
  algorithm: HashAlgorithm;
  /** Hexadecimal, in small letters. */
  value: string;
}

const digits: Readonly<Record<HashAlgorithm, number>> = { md5: 32, sha1: 40, sha256: 64, sha512: 128 };

/** Reads `sha256:…`, in letters of any size; undefined for anything else. */
export function parseDigest(text: string): Digest | undefined {
  const [, name = "", hex = ""] = /^([a-z0-9]+):([0-9a-f]+)$/i.exec(text.trim()) ?? [];
  const algorithm = hashAlgorithms.find((known) => known === name.toLowerCase());
  if (algorithm === undefined || hex.length !== digits[algorithm]) return undefined;
  return { algorithm, value: hex.toLowerCase() };
}

/** As it is written in inputs and outputs: `sha256:…`. */
export function digestText({ algorithm, value }: Digest): string {
  return `${algorithm}:${value}`;
}

/** The hash function of a bare hash, by its length; undefined for what is no hash of a known one. */
export function algorithmOf(hex: string): HashAlgorithm | undefined {
  return /^[0-9a-f]+$/i.test(hex) ? hashAlgorithms.find((known) => digits[known] === hex.length) : undefined;
}
