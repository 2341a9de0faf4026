import { execFileSync } from "node:child_process";
import { gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { decompress } from "../../../../provider/image/decompress";
import type { Compression } from "../../../../provider/image/inspect/found";
import { all, inChunks } from "./samples";

const python = (expression: string) => (content: Buffer) =>
  execFileSync("python3", ["-c", `import bz2, lzma, sys; sys.stdout.buffer.write(${expression})`], {
    input: content,
    maxBuffer: 2 ** 30,
    timeout: 60_000,
  });

const packers: [Compression, string, (content: Buffer) => Buffer][] = [
  ["gzip", "zlib", gzipSync],
  ["zstd", "libzstd", zstdCompressSync],
  ["bzip2", "libbz2, the largest blocks", python("bz2.compress(sys.stdin.buffer.read())")],
  ["bzip2", "libbz2, the smallest blocks", python("bz2.compress(sys.stdin.buffer.read(), 1)")],
  ["xz", "liblzma", python("lzma.compress(sys.stdin.buffer.read())")],
  ["xz", "liblzma with CRC32", python("lzma.compress(sys.stdin.buffer.read(), check=lzma.CHECK_CRC32)")],
];

/** Runs of equal bytes, text and noise, as disks have them. */
const piece = fc.oneof(
  fc.tuple(fc.nat(255), fc.nat(200_000)).map(([byte, length]) => Buffer.alloc(length, byte)),
  fc.tuple(fc.string(), fc.nat(2000)).map(([words, times]) => Buffer.from(words.repeat(times))),
  fc.uint8Array({ maxLength: 5000 }).map((bytes) => Buffer.from(bytes)),
);
const disk = fc.array(piece, { maxLength: 12 }).map((pieces) => Buffer.concat(pieces));

test.each(packers)(
  "%s gives back what %s packed",
  async (compression, _, pack) => {
    await fc.assert(
      fc.asyncProperty(disk, fc.integer({ min: 1000, max: 100_000 }), async (content, size) => {
        const unpacked = await all(decompress(inChunks(pack(content), size), compression));
        expect(unpacked.equals(content)).toBe(true);
      }),
      { numRuns: 10 },
    );
  },
  60_000,
);
