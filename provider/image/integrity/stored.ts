import type { GlanceImage } from "../../glance/api";
import { type Digest, parseDigest } from "./digest";

/** The hashes that the image service keeps of an image's data, the strongest first. */
export function storedDigests({ osHashAlgo, osHashValue, checksum }: GlanceImage): Digest[] {
  const texts = [
    osHashAlgo !== null && osHashValue !== null && `${osHashAlgo}:${osHashValue}`,
    checksum && `md5:${checksum}`,
  ];
  return texts.flatMap((text) => (text ? (parseDigest(text) ?? []) : []));
}
