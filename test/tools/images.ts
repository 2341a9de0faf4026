import { createCipheriv, createHash, type Hash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";

const mebibyte = 1024 * 1024;

/**
 * A qcow2 image without data: the header of version 2 and an empty first-level table, which is all that image inspection reads. Fields
 * as in QEMU's docs/interop/qcow2.rst.
 */
export function qcow2Image(virtualSize: number): Buffer {
  const clusterBits = 16;
  const clusterSize = 2 ** clusterBits;
  const image = Buffer.alloc(4 * clusterSize);
  image.write("QFI\xfb", 0, "latin1");
  image.writeUInt32BE(2, 4);
  image.writeUInt32BE(clusterBits, 20);
  image.writeBigUInt64BE(BigInt(virtualSize), 24);
  // One entry of the first-level table covers the clusters that one cluster of 8-byte entries can name.
  image.writeUInt32BE(Math.ceil(virtualSize / ((clusterSize / 8) * clusterSize)), 36);
  image.writeBigUInt64BE(BigInt(3 * clusterSize), 40);
  image.writeBigUInt64BE(BigInt(clusterSize), 48);
  image.writeUInt32BE(1, 56);
  image.writeBigUInt64BE(BigInt(2 * clusterSize), clusterSize);
  for (let cluster = 0; cluster < 4; cluster++) image.writeUInt16BE(1, 2 * clusterSize + 2 * cluster);
  return image;
}

/** Bytes that look random and are the same for the same `seed`, so that two runs and two servers get equal images. */
export function rawImage(size: number, seed = "raw"): Buffer {
  return keystream(seed).update(Buffer.alloc(size));
}

/** The same as a stream, for images that do not fit into memory. `rawImage(n, seed)` has the bytes of `rawImageStream(n, seed)`. */
export function rawImageStream(size: number, seed = "raw"): Readable {
  const cipher = keystream(seed);
  return Readable.from(
    (function* () {
      for (let left = size; left > 0; left -= mebibyte) yield cipher.update(Buffer.alloc(Math.min(left, mebibyte)));
    })(),
  );
}

/** Writes a raw image of `size` bytes and returns its SHA-512, the hash that Glance keeps. */
export async function writeRawImage(path: string, size: number, seed?: string): Promise<string> {
  const hash = createHash("sha512");
  await pipeline(rawImageStream(size, seed), hashing(hash), createWriteStream(path));
  return hash.digest("hex");
}

const keystream = (seed: string) =>
  createCipheriv("aes-256-ctr", createHash("sha256").update(seed).digest(), Buffer.alloc(16));

const hashing = (hash: Hash) =>
  new Transform({
    transform(chunk, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
