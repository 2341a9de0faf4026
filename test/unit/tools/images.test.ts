import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { qcow2Image, rawImage, rawImageStream, writeRawImage } from "../../tools/images";

describe("images for tests", () => {
  it("a qcow2 image says its virtual size", () => {
    const image = qcow2Image(10 * 2 ** 30);
    expect(image.subarray(0, 8)).toEqual(Buffer.from([0x51, 0x46, 0x49, 0xfb, 0, 0, 0, 2]));
    expect(image.readBigUInt64BE(24)).toBe(BigInt(10 * 2 ** 30));
  });

  it("a raw image is the same in memory and as a stream, and another for another seed", async () => {
    const size = fc.integer({ min: 1, max: 3 * 1024 * 1024 });
    await fc.assert(
      fc.asyncProperty(size, async (bytes) => {
        const image = rawImage(bytes, "a");
        expect(image).toHaveLength(bytes);
        expect(image.equals(await buffer(rawImageStream(bytes, "a")))).toBe(true);
      }),
      { numRuns: 10 },
    );
    expect(rawImage(64, "a").equals(rawImage(64, "b"))).toBe(false);
  });

  it("a raw image in a file comes with its hash", async () => {
    const folder = await mkdtemp(join(tmpdir(), "pulumi-glance-images-"));
    try {
      const path = join(folder, "image.raw");
      const hash = await writeRawImage(path, 1_500_000);
      expect(
        createHash("sha512")
          .update(await readFile(path))
          .digest("hex"),
      ).toBe(hash);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
