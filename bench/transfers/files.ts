import { randomBytes } from "node:crypto";
import { open } from "node:fs/promises";
import { constants, crc32, deflateRawSync } from "node:zlib";

const mebibyte = 1024 ** 2;

/** A file of zeros that takes no room on disk. */
export async function writeSparse(path: string, mebibytes: number): Promise<void> {
  await using file = await open(path, "w");
  await file.truncate(mebibytes * mebibyte);
}

/** Content of random hexadecimal digits, packed by gzip to a little more than half of it: one member (RFC 1952). */
export async function writeGzip(path: string, mebibytes: number): Promise<void> {
  const block = Buffer.from(randomBytes(mebibyte / 2).toString("hex"));
  // It refers to nothing before it, so that it may be repeated.
  const packed = deflateRawSync(block, { finishFlush: constants.Z_FULL_FLUSH });
  await using file = await open(path, "w");
  await file.write(Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]));
  let check = 0;
  for (let written = 0; written < mebibytes; written += 1) {
    await file.write(packed);
    check = crc32(block, check);
  }
  const lastBlock = [3, 0];
  const end = Buffer.from([...lastBlock, ...Buffer.alloc(8)]);
  end.writeUInt32LE(check, 2);
  end.writeUInt32LE((mebibytes * mebibyte) % 2 ** 32, 6);
  await file.write(end);
}
