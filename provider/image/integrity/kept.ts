import type { GlanceImage, ImageApi } from "../../glance/api";
import { type HashAlgorithm, hashAlgorithms } from "./digest";

/** What the images of a service have shown. */
const seen = new WeakMap<ImageApi, readonly HashAlgorithm[]>();

/** Kinds of hashes of which an image service keeps one: those that its images usually have, once one was seen that one's. */
export function keptBy(api: ImageApi): readonly HashAlgorithm[] {
  return seen.get(api) ?? hashAlgorithms.filter((algorithm) => api.capabilities.hashes.includes(algorithm));
}

/** Operators choose the kind (glance-api.conf, `hashing_algorithm`). */
export function learn(api: ImageApi, { osHashAlgo, osHashValue }: GlanceImage): void {
  const kind = hashAlgorithms.find((algorithm) => algorithm === osHashAlgo);
  if (kind && osHashValue !== null) seen.set(api, [kind]);
}
