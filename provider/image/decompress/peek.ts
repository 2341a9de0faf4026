import { Readable } from "node:stream";
import { GlanceError } from "../../http/errors";
import type { Compression } from "../inspect/found";
import { decoderOf } from "./decoders";
import { Input } from "./input";

/**
 * Bytes of compressed data that give some 64 KiB of its content, however dense it is: bzip2 needs its first block, of up to 900 kB and
 * their tables, zstd one of 128 KiB.
 */
export const reachInto: Record<Compression, number> = {
  gzip: 64 * 1024,
  bzip2: 1200 * 1024,
  xz: 64 * 1024,
  zstd: 256 * 1024,
};

/**
 * The first bytes of the content of compressed data of which only the beginning is there: as many as that gives, none where it is
 * damaged. A block of bzip2, up to 900 kB of content, is given whole or not at all.
 *
 * @param most - Bytes wanted.
 */
export async function firstBytes(compressed: Buffer, compression: Compression, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of decoderOf(compression)(new Input(Readable.from([compressed]), true))) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= most) break;
    }
  } catch (error) {
    if (!(error instanceof GlanceError)) throw error;
  }
  return Buffer.concat(chunks).subarray(0, most);
}
