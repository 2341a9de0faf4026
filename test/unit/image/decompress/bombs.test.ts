import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { decompress } from "../../../../provider/image/decompress";
import { limits } from "../../../../provider/image/decompress/limits";
import type { Compression } from "../../../../provider/image/inspect/found";
import { bzip2Zeros, mebibyte, xzZeros } from "./samples";

const tenMebibytes = Buffer.alloc(10 * mebibyte);

/** Parts of zeros, and how many of them unpack to ten gibibytes. */
const bombs: [Compression, Buffer, number][] = [
  ["gzip", gzipSync(tenMebibytes, { level: 9 }), 1024],
  ["bzip2", bzip2Zeros, 1024],
  ["xz", xzZeros, 10 * 1024],
  ["zstd", zstdCompressSync(tenMebibytes), 1024],
];

/** How much comes out before the end, and with what it ends. */
async function exploded(source: Readable, compression: Compression, most = limits, length?: number) {
  let size = 0;
  const result = decompress(source, compression, length, most);
  try {
    for await (const chunk of result) size += chunk.length;
  } catch (error) {
    return { size, error };
  }
  return { size };
}

function* repeated(part: Buffer, times: number): Generator<Buffer> {
  for (let count = 0; count < times; count++) yield part;
}

const refusal = expect.objectContaining({
  code: "SOURCE",
  message: expect.stringContaining("unpacks to more than 1000 times what was read of it"),
});

test.each(bombs)(
  "ten gibibytes of zeros in %s are refused",
  async (compression, part, times) => {
    const free = 32 * mebibyte;
    const source = Readable.from(repeated(part, times), { highWaterMark: 1 });
    const { size, error } = await exploded(source, compression, { ...limits, free });
    expect(error).toEqual(refusal);
    expect(size).toBeGreaterThan(free - mebibyte);
    // gzip unpacks to so little more than the limit that it takes longer to see.
    expect(size).toBeLessThan((compression === "gzip" ? 1024 : 64) * mebibyte);
  },
  60_000,
);

test("a gibibyte is free, and no more", async () => {
  const [, part, times] = bombs[3] as (typeof bombs)[number];
  const { size, error } = await exploded(Readable.from(repeated(part, times), { highWaterMark: 1 }), "zstd");
  expect(error).toEqual(refusal);
  expect(size).toBeGreaterThan(limits.free - mebibyte);
  expect(size).toBeLessThan(limits.free + 64 * mebibyte);
});

test("a sparse disk is no bomb", async () => {
  const disk = Buffer.concat([
    Buffer.alloc(10 * mebibyte),
    Buffer.from(Array.from({ length: 65_536 }, () => Math.random() * 256)),
  ]);
  const packed = zstdCompressSync(disk);
  const { size, error } = await exploded(Readable.from(repeated(packed, 5)), "zstd", { ...limits, free: mebibyte });
  expect(error).toBeUndefined();
  expect(size).toBe(5 * disk.length);
});

describe("a disk whose zeros come before its data", () => {
  const zeros = zstdCompressSync(Buffer.alloc(100 * mebibyte));
  const data = zstdCompressSync(randomBytes(mebibyte));
  const disk = () => Readable.from([zeros, data], { highWaterMark: 1 });
  const most = { ...limits, free: mebibyte };

  test("is no bomb where its whole length is known", async () => {
    const { size, error } = await exploded(disk(), "zstd", most, zeros.length + data.length);
    expect(error).toBeUndefined();
    expect(size).toBe(101 * mebibyte);
  });

  test("is judged by what came so far where it is not, or is told too small", async () => {
    expect((await exploded(disk(), "zstd", most)).error).toEqual(refusal);
    expect((await exploded(disk(), "zstd", most, 1)).error).toEqual(refusal);
  });
});

test("a bomb of a known length is refused", async () => {
  const [, part] = bombs[3] as (typeof bombs)[number];
  const most = { ...limits, free: mebibyte };
  const { size, error } = await exploded(Readable.from(repeated(part, 100)), "zstd", most, 4 * part.length);
  expect(error).toEqual(refusal);
  expect(size).toBeLessThan(limits.ratio * 100 * part.length);
});
