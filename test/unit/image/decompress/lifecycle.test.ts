import { once } from "node:events";
import { Readable } from "node:stream";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { GlanceError } from "../../../../provider/http/errors";
import { decompress } from "../../../../provider/image/decompress";
import type { Compression } from "../../../../provider/image/inspect/found";
import { all, bzip2Zeros, mebibyte, samples, xzZeros } from "./samples";

/** A file that gives the same again and again, and counts it. */
function endless(part: Buffer): { source: Readable; given: () => number } {
  let given = 0;
  const source = new Readable({
    read() {
      given += part.length;
      this.push(part);
    },
  });
  return { source, given: () => given };
}

const parts: [Compression, Buffer][] = [
  ["gzip", gzipSync(Buffer.alloc(mebibyte))],
  ["bzip2", bzip2Zeros],
  ["xz", xzZeros],
  ["zstd", zstdCompressSync(Buffer.alloc(mebibyte))],
];

/** Until everything that can go on has gone on. */
async function settled(given: () => number): Promise<number> {
  for (let before = -1; before !== given(); ) {
    before = given();
    for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate);
  }
  return given();
}

describe.each(samples)("the source of %s", (compression, packed) => {
  const begun = () => {
    const source = new Readable({ read() {} });
    source.push(packed.subarray(0, packed.length >> 1));
    return { source, result: decompress(source, compression) };
  };

  it("fails with its own error", async () => {
    const { source, result } = begun();
    const error = new GlanceError({ code: "STALLED", message: "Nothing came any more" });
    const outcome = all(result);
    source.destroy(error);
    await expect(outcome).rejects.toBe(error);
  });

  it("fails with its own error before anybody reads", async () => {
    const { source, result } = begun();
    const error = new GlanceError({ code: "CONNECTION_LOST", message: "The connection broke" });
    source.destroy(error);
    expect(await once(result, "error")).toEqual([error]);
  });

  it("may have failed before", async () => {
    const source = new Readable({ read() {} });
    const error = new GlanceError({ code: "CONNECTION_LOST", message: "The connection broke" });
    source.on("error", () => {}).destroy(error);
    await new Promise((resolve) => source.once("close", resolve));
    await expect(all(decompress(source, compression))).rejects.toBe(error);
  });

  it("takes the result with it when it is closed", async () => {
    const { source, result } = begun();
    const outcome = all(result);
    source.destroy();
    await expect(outcome).rejects.toThrow(/close/i);
  });

  it("is closed with the result, even while nothing comes", async () => {
    const { source, result } = begun();
    result.resume();
    await settled(() => 0);
    result.destroy();
    await once(result, "close");
    expect(source.destroyed).toBe(true);
  });

  it("is closed when it is damaged", async () => {
    const source = new Readable({ read() {} });
    source.push(Buffer.from("garbage, and nothing behind it".repeat(100_000)));
    await expect(all(decompress(source, compression))).rejects.toThrow(/cannot be decompressed/);
    expect(source.destroyed).toBe(true);
  });
});

describe.each(parts)("unpacking %s", (compression, part) => {
  it("reads no more than is asked for", async () => {
    const { source, given } = endless(part);
    const result = decompress(source, compression);
    result.read(0);
    const first = await settled(given);
    expect(first).toBeLessThan(4 * mebibyte);
    expect(result.readableLength).toBeLessThanOrEqual(mebibyte / 4);
    for (let size = 0; size < 8 * mebibyte; ) {
      if (!result.readable) throw new Error("The stream has ended");
      const chunk: Buffer | null = result.read();
      if (chunk) size += chunk.length;
      else await once(result, "readable");
    }
    const packedSize = 9 * part.length + mebibyte;
    expect((await settled(given)) - first).toBeLessThan(packedSize);
    result.destroy();
  });

  it("can be given up in the middle", async () => {
    const { source } = endless(part);
    const result = decompress(source, compression);
    for await (const chunk of result) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect(result.destroyed).toBe(true);
    expect(source.destroyed).toBe(true);
  });

  it("ends for each of several that wait for each other", async () => {
    const waiting = [1, 2, 3].map(() => decompress(Readable.from([part]), compression));
    for (const result of waiting.slice(0, 2)) result.read(0);
    expect((await all(waiting[2] as Readable)).length).toBeGreaterThanOrEqual(mebibyte);
    for (const result of waiting) result.destroy();
  });
});
