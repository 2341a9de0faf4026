import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { GlanceError } from "../../../provider/http/errors";
import { contentOf, type Demand } from "../../../provider/image/content/content";
import { type Digest, hashAlgorithms } from "../../../provider/image/integrity/digest";
import type { OpenSource } from "../../../provider/image/sourceStream";
import { qcow2Image, rawImage } from "../../tools/images";
import { inChunks, samples, text } from "./decompress/samples";

const raw = { diskFormat: "raw", containerFormat: "bare" };
const demand: Demand = {
  name: "the source",
  decompress: "auto",
  expected: [],
  formats: raw,
  hashes: ["sha512", "md5"],
};
const chunk = 16 * 1024;

/** A source of these bytes, in chunks, and of which nothing else is known. */
function source(bytes: Buffer, more: Partial<OpenSource> = {}): OpenSource {
  const stream = inChunks(bytes, chunk);
  return { stream, length: bytes.length, known: [], expected: [], confirm: async () => {}, ...more };
}

function digest(algorithm: Digest["algorithm"], bytes: Buffer): Digest {
  return { algorithm, value: createHash(algorithm).update(bytes).digest("hex") };
}

interface Outcome {
  bytes: Buffer;
  failure?: GlanceError;
}

/** What the content gives, and the error of the source with which it ended. */
async function taken(open: OpenSource, wanted: Partial<Demand> = {}): Promise<Outcome> {
  const chunks: Buffer[] = [];
  try {
    const { stream } = await contentOf(open, { ...demand, ...wanted });
    for await (const part of stream) chunks.push(part);
  } catch (failure) {
    if (!(failure instanceof GlanceError) || !["SOURCE", "INTEGRITY"].includes(failure.code)) throw failure;
    return { bytes: Buffer.concat(chunks), failure };
  }
  return { bytes: Buffer.concat(chunks) };
}

const disk = rawImage(200_000);
const other = digest("sha256", Buffer.from("other"));

describe("the content of a source", () => {
  test("is its bytes, with their length and the hashes that image services keep", async () => {
    const content = await contentOf(source(disk), demand);
    expect(Buffer.concat(await content.stream.toArray()).equals(disk)).toBe(true);
    expect(content.length).toBe(disk.length);
    expect(content.digests()).toEqual([digest("sha512", disk), digest("md5", disk)]);
  });

  test("may be a vhd, whatever it begins with: the footer of a fixed one is out of sight", async () => {
    expect(await taken(source(disk), { formats: { ...raw, diskFormat: "vhd" } })).toEqual({ bytes: disk });
  });

  test("passes where it has every hash that it shall have", async () => {
    const bytes = disk.subarray(0, chunk + 1);
    const expected = hashAlgorithms.map((algorithm) => digest(algorithm, bytes));
    expect(await taken(source(bytes), { expected })).toEqual({ bytes });
  });

  test.each(hashAlgorithms)("never ends where its %s is another one, nor is its last byte given on", async (name) => {
    const { bytes, failure } = await taken(source(disk), { expected: [digest(name, Buffer.from("other"))] });
    expect(failure?.message).toMatch(
      new RegExp(`the source is not what was published: it has ${name}:\\w+ instead of`),
    );
    expect(bytes.length).toBeLessThan(disk.length);
    expect(disk.subarray(0, bytes.length).equals(bytes)).toBe(true);
  });

  test("gives no byte where all of it is one chunk with another hash", async () => {
    const one = source(disk, { stream: Readable.from([disk.subarray(0, 100)]), length: 100 });
    expect((await taken(one, { expected: [other] })).bytes).toHaveLength(0);
  });

  test("is held to the hashes that its own server tells", async () => {
    expect((await taken(source(disk, { expected: [other] }))).failure?.message).toContain("not what was published");
  });

  test("is not read where what is known of it contradicts what it shall be", async () => {
    const open = source(disk, { known: [digest("sha256", disk)] });
    expect((await taken(open, { expected: [other] })).bytes).toHaveLength(0);
    expect(open.stream.destroyed).toBe(true);
  });

  test.each([1, 100, chunk, chunk + 1, disk.length])(
    "of %p bytes keeps the last back until they are confirmed",
    async (size) => {
      const changed = new GlanceError({ code: "SOURCE", message: "it changed" });
      const open = source(disk.subarray(0, size), { confirm: () => Promise.reject(changed) });
      const { bytes, failure } = await taken(open);
      expect(failure).toBe(changed);
      expect(bytes.length).toBeLessThan(size);
    },
  );

  test("is refused where it is empty, unpacked or not", async () => {
    expect((await taken(source(Buffer.alloc(0)))).failure?.message).toContain("the source is empty");
    expect((await taken(source(gzipSync("")))).failure?.message).toContain("the source is empty");
  });

  test("fails as its stream does", async () => {
    async function* cut() {
      yield disk.subarray(0, 100_000);
      throw new GlanceError({ code: "SOURCE", message: "the connection broke" });
    }
    const { bytes, failure } = await taken(source(disk, { stream: Readable.from(cut(), { objectMode: false }) }));
    expect(failure?.message).toContain("the connection broke");
    expect(bytes.length).toBeLessThan(100_000);
  });
});

describe("a compressed source", () => {
  test.each(samples)("is unpacked on its way: %s", async (compression, bytes) => {
    const plain = { bytes: Buffer.from(text) };
    expect(await taken(source(bytes))).toEqual(plain);
    expect(await taken(source(bytes), { decompress: compression })).toEqual(plain);
    expect(await taken(source(bytes), { decompress: "none" })).toEqual({ bytes });
  });

  test("has the hash of the published file, and the image those of what was unpacked", async () => {
    const published = gzipSync(disk);
    const wanted = { ...demand, expected: [digest("sha256", published), digest("md5", published)] };
    const content = await contentOf(source(published), wanted);
    expect(Buffer.concat(await content.stream.toArray()).equals(disk)).toBe(true);
    expect(content.digests()).toEqual([digest("sha512", disk), digest("md5", disk)]);
    expect(content.length).toBeUndefined();
    const { bytes, failure } = await taken(source(published), { expected: [digest("sha256", disk)] });
    expect(failure?.message).toContain("not what was published");
    expect(bytes.length).toBeLessThan(disk.length);
  });

  test.each(samples)("that is cut off never ends: %s", async (_, bytes) => {
    for (const size of [bytes.length - 1, bytes.length >> 1]) {
      const { bytes: got, failure } = await taken(source(bytes.subarray(0, size)));
      expect(failure?.message).toMatch(/ends too early|damaged/);
      expect(got.length).toBeLessThan(text.length);
    }
  });

  test("goes as it is where no format says what it should be, and where the format's bytes are anything", async () => {
    const bytes = gzipSync(disk.subarray(0, 1000));
    expect(await taken(source(bytes), { formats: undefined })).toEqual({ bytes });
    expect(await taken(source(bytes), { formats: { diskFormat: "ari", containerFormat: "ari" } })).toEqual({ bytes });
  });

  test.each([
    [gzipSync(disk), "zstd", "it is gzip"],
    [disk, "gzip", "it is not compressed"],
    [qcow2Image(2 ** 30), "xz", "it is qcow2"],
  ] as const)("of another kind than declared is refused before its first byte", async (bytes, decompress, what) => {
    const open = source(bytes);
    const { bytes: got, failure } = await taken(open, { decompress, formats: { ...raw, diskFormat: "qcow2" } });
    expect(failure?.message).toContain(`the source cannot be decompressed as ${decompress}: ${what}`);
    expect(got).toHaveLength(0);
    expect(open.stream.destroyed).toBe(true);
  });

  test.each([
    ["plain", (image: Buffer) => image],
    ["gzip", gzipSync],
    ["zstd", zstdCompressSync],
  ])("of another format inside is refused before its first byte: %s", async (_, pack) => {
    const open = source(pack(qcow2Image(2 ** 30)));
    const { bytes, failure } = await taken(open);
    expect(failure?.message).toContain("diskFormat says raw, but the source is qcow2");
    expect(bytes).toHaveLength(0);
    expect(open.stream.destroyed).toBe(true);
  });
});

test("a sparse disk whose data comes last is no bomb where its length is known", async () => {
  const zeros = zstdCompressSync(Buffer.alloc(2 ** 28));
  const bytes = Buffer.concat([zeros, zeros, zeros, zeros, zstdCompressSync(rawImage(2 ** 21))]);
  const { stream } = await contentOf(source(bytes), { ...demand, hashes: [] });
  let size = 0;
  for await (const part of stream) size += part.length;
  expect(size).toBe(2 ** 30 + 2 ** 21);
  const { stream: unknown } = await contentOf(source(bytes, { length: undefined }), { ...demand, hashes: [] });
  await expect(unknown.forEach(() => {})).rejects.toThrow(/unpacks to more than/);
});

describe("a content that nobody wants any more", () => {
  test.each([
    ["plain", disk],
    ["packed", gzipSync(disk)],
  ])("lets its source go, read or unread: %s", async (_, bytes) => {
    for (const reads of [0, 1, 3]) {
      const open = source(bytes);
      const { stream } = await contentOf(open, demand);
      const parts = stream[Symbol.asyncIterator]();
      for (let read = 0; read < reads; read += 1) await parts.next();
      stream.destroy();
      await new Promise((resolve) => (open.stream.closed ? resolve(undefined) : open.stream.once("close", resolve)));
      expect(open.stream.destroyed).toBe(true);
    }
  });
});

test("any bytes in any chunks come out as they are, and never all of them under another hash", async () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 20_000, size: "max" }).map((data) => Buffer.from(data));
  const sizes = fc.array(fc.integer({ min: 50, max: 30_000 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(bytes, sizes, fc.boolean(), async (data, parts, isPacked) => {
      const published = isPacked ? gzipSync(data) : data;
      const decompress = isPacked ? "gzip" : "none";
      const open = () => source(published, { stream: inChunks(published, ...parts) });
      const right = { decompress, formats: undefined, expected: [digest("sha1", published)] } as const;
      const good = await taken(open(), right);
      expect(good.failure).toBeUndefined();
      expect(good.bytes.equals(data)).toBe(true);
      const bad = await taken(open(), { ...right, expected: [other] });
      expect(bad.failure).toBeDefined();
      expect(bad.bytes.length).toBeLessThan(data.length);
    }),
    { numRuns: 30 },
  );
});
