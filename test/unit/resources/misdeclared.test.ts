import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { foundIn } from "../../../provider/resources/image/misdeclared";
import { qcow2Image, rawImage } from "../../tools/images";
import { partitioned } from "../local/store/formats";

const mebibyte = 2 ** 20;
const folder = mkdtempSync(join(tmpdir(), "misdeclared-"));
const path = join(folder, "disk");
afterAll(() => rmSync(folder, { recursive: true }));

const formats = { diskFormat: "raw", containerFormat: "bare" };
const diskIn = async (content: Buffer) => {
  writeFileSync(path, content);
  return foundIn({ kind: "localFile", path, written: "disk" }, { name: "disk", decompress: "auto", formats });
};

const bootRecord = partitioned();
bootRecord.writeUInt32LE(2047, 446 + 12);
const bootDisk = Buffer.concat([bootRecord, rawImage(100_000)]);

const gptDisk = Buffer.concat([bootRecord, rawImage(100_000)]);
gptDisk.write("EFI PART", 512);
gptDisk.writeBigUInt64LE(2n ** 22n - 1n, 512 + 32);

test("a partitioned disk is as large as its file", async () => {
  writeFileSync(path, bootDisk);
  truncateSync(path, 3 * mebibyte);
  const file = { kind: "localFile", path, written: "disk" } as const;
  const seen = await foundIn(file, { name: "disk", decompress: "auto", formats });
  expect(seen).toMatchObject({ format: "raw", virtualSize: 3 * mebibyte });
});

test.each([
  ["gzip", gzipSync],
  ["zstd", zstdCompressSync],
] as const)(
  "a partitioned disk in %s is as large as its table says, never as the bytes that were seen",
  async (_, pack) => {
    expect(await diskIn(pack(gptDisk))).toMatchObject({ format: "raw", virtualSize: 2 ** 31 });
    const seen = await diskIn(pack(bootDisk));
    expect(seen).toMatchObject({ format: "raw" });
    expect(seen).not.toHaveProperty("virtualSize");
  },
);

test("an image in a compressed file is as large as it says", async () => {
  expect(await diskIn(gzipSync(qcow2Image(2 ** 40)))).toMatchObject({ format: "qcow2", virtualSize: 2 ** 40 });
});

test("nothing is found in a file that is not there", async () => {
  const gone = { kind: "localFile", path: join(folder, "none"), written: "none" } as const;
  expect(await foundIn(gone, { name: "none", decompress: "auto", formats })).toBeUndefined();
});
