import { randomBytes } from "node:crypto";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { firstBytes } from "../../../../provider/image/decompress/peek";
import { bzip2Zeros, demanding, samples, text, xzBlocks, xzZeros } from "./samples";

// Hundreds of cases in one test, on whatever machine.
describe.each(samples)("the first bytes of %s", (compression, packed) => {
  it("are given, and no more than asked for", async () => {
    expect(await firstBytes(packed, compression, 10)).toEqual(text.subarray(0, 10));
    expect(await firstBytes(packed, compression, 10_000)).toEqual(text);
  });

  it("are a beginning of the content wherever the file is cut off", async () => {
    for (let length = 0; length < packed.length; length++) {
      const first = await firstBytes(packed.subarray(0, length), compression, 1000);
      expect(first).toEqual(text.subarray(0, first.length));
    }
  });

  it("are none where there is something else", async () => {
    expect(await firstBytes(Buffer.from("garbage".repeat(10)), compression, 10)).toEqual(Buffer.alloc(0));
    const damaged = Buffer.concat([packed.subarray(0, 20), Buffer.alloc(200, 0xff)]);
    expect((await firstBytes(damaged, compression, 10)).length).toBeLessThanOrEqual(10);
  });
});

test.each([
  ["gzip", gzipSync],
  ["zstd", zstdCompressSync],
] as const)("the beginning of a large file in %s gives nearly as much", async (compression, pack) => {
  const content = randomBytes(300_000);
  const first = await firstBytes(pack(content).subarray(0, 200_000), compression, 1_000_000);
  expect(first.length).toBeGreaterThan(60_000);
  expect(first).toEqual(content.subarray(0, first.length));
});

test("the first block of xz is enough", async () => {
  expect((await firstBytes(xzBlocks.subarray(0, 140), "xz", 100)).length).toBe(100);
});

test.each([
  ["bzip2", bzip2Zeros],
  ["xz", xzZeros],
] as const)("no more of a bomb in %s is unpacked than asked for", async (compression, packed) => {
  expect(await firstBytes(packed, compression, 512)).toEqual(Buffer.alloc(512));
});

test.each(demanding)("what %s makes gives none", async (_, compression, packed) => {
  expect(await firstBytes(packed, compression, 10)).toEqual(Buffer.alloc(0));
});
