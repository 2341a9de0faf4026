import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { beginning, inspect, sampleOf as readSample } from "../../../../provider/image/inspect";
import { qcow2Image, rawImage } from "../../../tools/images";
import { iso, partitioned, qcow2, vdi, vhdx, vmdk } from "../../local/store/formats";
import {
  compressedSamples,
  differencingVdi,
  differencingVhd,
  qcow2Overlay,
  sampleOf,
  vhdFooter,
  vmdkText,
} from "./samples";

const gibibyte = 2 ** 30;
const found = (content: Buffer) => inspect(sampleOf(content));

/** A disk that has nothing but the header of a GPT, in its second sector. */
function gpt(sectorLength: number, sectors = 0n): Buffer {
  const disk = Buffer.alloc(3 * sectorLength);
  disk.write("EFI PART", sectorLength);
  disk.writeBigUInt64LE(BigInt.asUintN(64, sectors - 1n), sectorLength + 32);
  return disk;
}

function usedPartition(disk: Buffer, sectors = 100): Buffer {
  disk.writeUInt32LE(sectors, 446 + 12);
  return disk;
}

/** As it stands before a GPT, for those who do not know one. */
const protective = usedPartition(partitioned({ type: 0xee, boot: 0 }), 2 ** 32 - 1);

test.each<[string, Buffer, object]>([
  ["qcow2, version 2", qcow2Image(10 * gibibyte), { format: "qcow2", virtualSize: 10 * gibibyte }],
  ["qcow2, version 3", qcow2({ size: gibibyte }), { format: "qcow2", virtualSize: gibibyte }],
  ["qcow2 over another", qcow2Overlay("base.img"), { format: "qcow2", backingFile: "base.img" }],
  ["qcow2 over one whose name is far away", qcow2({ backingFile: 2 ** 20 }), { format: "qcow2" }],
  ["qcow2 with a data file", qcow2({ features: 4n }), { format: "qcow2", dataFile: true }],
  ["sparse vmdk", vmdk({ sectors: 100 }), { format: "vmdk", virtualSize: 51_200 }],
  ["vmdk in a stream", vmdk({ kind: "streamOptimized", sectors: 2 }), { format: "vmdk", virtualSize: 1024 }],
  ["vmdk in text", vmdkText(), { format: "vmdk", virtualSize: 4_194_304 * 512, dataFile: true }],
  [
    "vmdk over another",
    vmdkText({ parentId: "12ab34cd", parentName: "base.vmdk" }),
    { format: "vmdk", backingFile: "base.vmdk" },
  ],
  ["dynamic vhd", Buffer.concat([vhdFooter(gibibyte), rawImage(2000)]), { format: "vhd", virtualSize: gibibyte }],
  ["fixed vhd", Buffer.concat([rawImage(200_000), vhdFooter(200_000)]), { format: "vhd", virtualSize: 200_000 }],
  [
    "fixed vhd with the older footer",
    Buffer.concat([rawImage(1024), vhdFooter(1024).subarray(0, 511)]),
    { format: "vhd", virtualSize: 1024 },
  ],
  ["vhd over another", differencingVhd(), { format: "vhd", backingFile: "" }],
  ["vhdx", vhdx(gibibyte), { format: "vhdx" }],
  ["vdi over another", differencingVdi(), { format: "vdi", backingFile: "" }],
  ["vdi", vdi(gibibyte), { format: "vdi", virtualSize: gibibyte }],
  ["iso", iso(100), { format: "iso", virtualSize: 204_800 }],
  ["iso that starts as a disk", usedPartition(partitioned({ image: iso(100) })), { format: "iso" }],
  ["disk with a master boot record", usedPartition(partitioned()), { format: "raw", virtualSize: 512 }],
  ["disk with a GPT", gpt(512), { format: "raw", virtualSize: 1536 }],
  ["disk with a GPT and large sectors", gpt(4096), { format: "raw", virtualSize: 12_288 }],
  ["gzip of Node", gzipSync(qcow2Image(gibibyte)), { format: "gzip" }],
  ["zstd of Node", zstdCompressSync(qcow2Image(gibibyte)), { format: "zstd" }],
  ...Object.entries(compressedSamples).map(([format, content]): [string, Buffer, object] => [
    format,
    content,
    { format, fits: [] },
  ]),
])("%s is recognised", (_name, content, expected) => {
  expect(found(content)).toMatchObject(expected);
});

test.each<[string, Buffer]>([
  ["nothing", Buffer.alloc(0)],
  ["zeros", Buffer.alloc(200_000)],
  ["noise", rawImage(200_000)],
  ["text", Buffer.from("# A shell script\n")],
  ["qcow version 1", qcow2({ version: 1 })],
  ["a sparse extent of an unknown version", vmdk({ version: 9 })],
  ["a file system with the signature of a boot sector", partitioned({ boot: 0x66 })],
  ["a boot sector without partitions", usedPartition(partitioned({ type: 0 }))],
  ["a partition without sectors", partitioned()],
  ["gzip with reserved flags", Buffer.from("1f8b08e0", "hex")],
  ["bzip2 of no level", Buffer.from("BZh0\x31\x41\x59\x26\x53\x59", "latin1")],
  ["the volume of a disc one byte short", iso(100).subarray(0, -1)],
])("%s: plain data", (_name, content) => {
  expect(found(content)).toBeUndefined();
});

test("a vmdk without a parent has none, whatever name is left over", () => {
  expect(found(vmdkText({ parentName: "old.vmdk" }))).not.toHaveProperty("backingFile");
});

test("the name of a backing file cannot steer a terminal", () => {
  expect(found(qcow2Overlay("a\x1b[2Jb\u009bc"))).toMatchObject({ backingFile: "a\ufffd[2Jb\ufffdc" });
});

test("a size that no number can say is left out", () => {
  expect(found(qcow2({ size: 2 ** 60 }))).not.toHaveProperty("virtualSize");
  expect(found(vmdk({ sectors: 2 ** 50 }))).not.toHaveProperty("virtualSize");
});

test.each(["dynamic", "fixed"])("a %s vhd is over no other", (kind) => {
  const disk = kind === "fixed" ? [rawImage(1024), vhdFooter(1024)] : [vhdFooter(1024), rawImage(1024)];
  expect(found(Buffer.concat(disk))).not.toHaveProperty("backingFile");
});

test("a vdi of its own is over no other", () => {
  expect(found(vdi(gibibyte))).not.toHaveProperty("backingFile");
});

describe("a disk of which only the beginning is there", () => {
  test.each<[string, Buffer, number]>([
    ["a GPT", gpt(512, 5_242_880n), 2.5 * gibibyte],
    ["a GPT and large sectors", gpt(4096, 655_360n), 2.5 * gibibyte],
    ["a protective record and a GPT", Buffer.concat([protective, gpt(512, 4096n).subarray(512)]), 2 ** 21],
  ])("has the size that %s tells", (_name, disk, virtualSize) => {
    expect(inspect(beginning(disk))).toMatchObject({ format: "raw", virtualSize });
  });

  test.each<[string, Buffer]>([
    ["a GPT of impossible size", gpt(512, 2n ** 63n)],
    ["a protective record alone", protective],
    ["a master boot record", usedPartition(partitioned(), 2 ** 22)],
    ["a GPT that is cut off", gpt(512, 4096n).subarray(0, 550)],
  ])("has no size where %s tells none", (_name, disk) => {
    const seen = inspect(beginning(disk));
    expect(seen).toMatchObject({ format: "raw" });
    expect(seen).not.toHaveProperty("virtualSize");
  });

  test("has its own size where that is known, whatever its table says", () => {
    expect(inspect(beginning(gpt(512, 4096n), gibibyte))).toMatchObject({ virtualSize: gibibyte });
  });
});

describe("a file", () => {
  const directory = mkdtempSync(join(tmpdir(), "inspect-"));
  afterAll(() => rmSync(directory, { recursive: true }));
  const path = join(directory, "disk");

  test.each<[string, Buffer, object | undefined]>([
    ["long, recognised at its head", qcow2Image(gibibyte), { format: "qcow2" }],
    ["long, recognised at its tail", Buffer.concat([rawImage(300_000), vhdFooter(300_000)]), { format: "vhd" }],
    ["short", compressedSamples.xz, { format: "xz" }],
    ["empty", Buffer.alloc(0), undefined],
  ])("%s", async (_name, content, expected) => {
    writeFileSync(path, content);
    const seen = inspect(await readSample(path));
    expect(seen && { format: seen.format }).toEqual(expected);
  });

  test("that is not there is an error", async () => {
    await expect(readSample(join(directory, "none"))).rejects.toThrow(/ENOENT/);
  });
});
