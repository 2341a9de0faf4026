import fc from "fast-check";
import { decompress } from "../../../../provider/image/decompress";
import { all, demanding, empty, inChunks, samples, text, xzBlocks } from "./samples";

const garbage = Buffer.from("garbage behind");
const source = expect.objectContaining({ name: "GlanceError", code: "SOURCE" });

// Hundreds of cases in one test, on whatever machine.
describe.each(samples)("%s", (compression, packed) => {
  const unpacked = (bytes: Buffer, ...sizes: number[]) => all(decompress(inChunks(bytes, ...sizes), compression));

  it("is unpacked, in whatever chunks it comes", async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), sizes, async (times, chunks) => {
        const expected = Buffer.concat(Array(times).fill(text));
        expect(await unpacked(Buffer.concat(Array(times).fill(packed)), ...chunks)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it("is refused when it is cut off anywhere", async () => {
    for (let length = 0; length < packed.length; length++) {
      await expect(unpacked(packed.subarray(0, length))).rejects.toEqual(source);
    }
  });

  it("is refused when a second part of it is cut off anywhere", async () => {
    for (let length = packed.length + 1; length < packed.length * 2; length++) {
      const two = Buffer.concat([packed, packed]).subarray(0, length);
      await expect(unpacked(two, length % 2 ? length : packed.length)).rejects.toEqual(source);
    }
  });

  it("gives no other content when a bit of it has changed", async () => {
    for (let position = 0; position < packed.length; position++) {
      const changed = Buffer.from(packed);
      changed[position] = (changed[position] as number) ^ (1 << ((position * 5) % 8));
      const outcome = await unpacked(changed).catch((error) => error);
      expect([text, source]).toContainEqual(outcome);
    }
  });

  it("is refused when something else follows it", async () => {
    const followed = Buffer.concat([packed, garbage]);
    await expect(unpacked(followed)).rejects.toEqual(source);
    await expect(unpacked(followed, packed.length)).rejects.toEqual(source);
    await expect(unpacked(followed, 1)).rejects.toEqual(source);
  });

  it("is refused when it is something else", async () => {
    await expect(unpacked(garbage)).rejects.toEqual(source);
  });
});

it.each(empty)("gives nothing for an empty file in %s", async (compression, packed) => {
  expect(await all(decompress(inChunks(packed), compression))).toEqual(Buffer.alloc(0));
});

describe("padding of zeros", () => {
  it.each([...samples].filter(([compression]) => compression === "gzip" || compression === "xz"))(
    "may follow %s, and nothing may follow it",
    async (compression, packed) => {
      const padded = Buffer.concat([packed, Buffer.alloc(64)]);
      for (const size of [1, packed.length, padded.length]) {
        expect(await all(decompress(inChunks(padded, size), compression))).toEqual(text);
        const more = decompress(inChunks(Buffer.concat([padded, garbage]), size), compression);
        await expect(all(more)).rejects.toEqual(source);
      }
    },
  );

  it("may stand between two streams of xz", async () => {
    const [, packed] = samples.find(([compression]) => compression === "xz") as (typeof samples)[number];
    const padded = Buffer.concat([packed, Buffer.alloc(8), packed]);
    expect(await all(decompress(inChunks(padded), "xz"))).toEqual(Buffer.concat([text, text]));
  });

  it("does not hide what follows it in gzip", async () => {
    const [, packed] = samples.find(([compression]) => compression === "gzip") as (typeof samples)[number];
    const hidden = Buffer.concat([packed, Buffer.alloc(8), packed]);
    await expect(all(decompress(inChunks(hidden), "gzip"))).rejects.toThrow(/followed by something else/);
  });
});

it("unpacks the blocks of parallel xz", async () => {
  expect(await all(decompress(inChunks(xzBlocks), "xz"))).toEqual(text);
});

it("passes over what zstd says is to be skipped", async () => {
  const [, packed] = samples.find(([compression]) => compression === "zstd") as (typeof samples)[number];
  const skipped = Buffer.from("502a4d180400000001020304", "hex");
  for (const size of [1, 7, packed.length, 1000]) {
    const frames = inChunks(Buffer.concat([skipped, packed, skipped, packed, skipped]), size);
    expect(await all(decompress(frames, "zstd"))).toEqual(Buffer.concat([text, text]));
  }
});

it.each(demanding)("refuses what %s makes", async (_, compression, packed, reason) => {
  const outcome = all(decompress(inChunks(packed), compression));
  await expect(outcome).rejects.toEqual(source);
  await expect(outcome).rejects.toThrow(reason);
});
