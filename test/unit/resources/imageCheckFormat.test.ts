import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { capabilitiesOf } from "../../../provider/glance/discover";
import { checkImage } from "../../../provider/resources/image/check";
import { unknown } from "../../../provider/resources/unknown";
import { qcow2Image, rawImage } from "../../tools/images";
import { differencingVdi, differencingVhd, qcow2Overlay, vhdFooter, vmdkText } from "../image/inspect/samples";
import { iso, partitioned, qcow2, vdi, vhdx, vmdk } from "../local/store/formats";

const bootRecord = partitioned();
bootRecord.writeUInt32LE(100, 446 + 12);

/** No block of it that is compressed fits into the first 64 KiB. */
const dense = Buffer.concat([qcow2({ size: 2 ** 30 }), rawImage(1_500_000)]);
const packBzip2 = "import bz2, sys; sys.stdout.buffer.write(bz2.compress(sys.stdin.buffer.read()))";

const files = {
  qcow2: qcow2Image(2 ** 30),
  vmdk: vmdk(),
  vhd: vhdFooter(2 ** 30),
  vhdx: vhdx(2 ** 30),
  vdi: vdi(2 ** 30),
  iso: iso(100),
  isohybrid: Buffer.concat([bootRecord, iso(100).subarray(512)]),
  bootRecord,
  fixedVhd: Buffer.concat([bootRecord, vhdFooter(512)]),
  noise: rawImage(100_000),
  overlay: qcow2Overlay("base.img"),
  farOverlay: qcow2({ backingFile: 2 ** 20 }),
  dataFile: qcow2({ features: 4n }),
  text: vmdkText(),
  differencingVhd: differencingVhd(),
  differencingVdi: differencingVdi(),
  gzip: gzipSync(qcow2Image(2 ** 30)),
  zstd: zstdCompressSync(dense),
  bzip2: execFileSync("python3", ["-c", packBzip2], { input: dense, maxBuffer: 2 ** 30, timeout: 60_000 }),
};
type FileName = keyof typeof files;

const directory = mkdtempSync(join(tmpdir(), "check-format-"));
for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
afterAll(() => rmSync(directory, { recursive: true }));

async function reasons(localFile: FileName, diskFormat: unknown, containerFormat: unknown = "bare") {
  const { failures, inputs } = await checkImage(
    { localFile, diskFormat, containerFormat },
    {
      directory,
      connect: () => Promise.reject(new Error("check must not ask the cloud")),
      capabilities: ({ api }) => capabilitiesOf(api),
    },
  );
  expect(inputs).toHaveProperty("localFileHash");
  return failures.map(({ property, reason }) => `${property}: ${reason}`);
}

const merge = "which is not uploaded: make one file of both first, for example with qemu-img convert";

test.each<[FileName, string, string]>([
  ["qcow2", "raw", 'diskFormat says raw, but "qcow2" is qcow2: declare diskFormat: qcow2'],
  ["vmdk", "raw", 'diskFormat says raw, but "vmdk" is vmdk: declare diskFormat: vmdk'],
  ["vhdx", "raw", 'diskFormat says raw, but "vhdx" is vhdx: declare diskFormat: vhdx'],
  ["vhdx", "vhd", 'diskFormat says vhd, but "vhdx" is vhdx: declare diskFormat: vhdx'],
  ["vhd", "vhdx", 'diskFormat says vhdx, but "vhd" is vhd: declare diskFormat: vhd'],
  ["vdi", "raw", 'diskFormat says raw, but "vdi" is vdi: declare diskFormat: vdi'],
  ["iso", "qcow2", 'diskFormat says qcow2, but "iso" is iso: declare diskFormat: iso'],
  ["qcow2", "iso", 'diskFormat says iso, but "qcow2" is qcow2: declare diskFormat: qcow2'],
  [
    "bootRecord",
    "qcow2",
    'diskFormat says qcow2, but "bootRecord" is raw (it has a partition table): declare diskFormat: raw',
  ],
  ["gzip", "raw", 'diskFormat says raw, but "gzip" is qcow2: declare diskFormat: qcow2'],
  ["overlay", "qcow2", `"overlay" is qcow2 on top of a backing file "base.img", ${merge}`],
  ["farOverlay", "qcow2", `"farOverlay" is qcow2 on top of a backing file, ${merge}`],
  ["dataFile", "qcow2", `"dataFile" is qcow2 with its data in another file, ${merge}`],
  ["differencingVhd", "vhd", `"differencingVhd" is vhd on top of a backing file, ${merge}`],
  ["differencingVdi", "vdi", `"differencingVdi" is vdi on top of a backing file, ${merge}`],
  ["zstd", "raw", 'diskFormat says raw, but "zstd" is qcow2: declare diskFormat: qcow2'],
  ["bzip2", "raw", 'diskFormat says raw, but "bzip2" is qcow2: declare diskFormat: qcow2'],
  ["text", "vmdk", `"text" is vmdk with its data in another file, ${merge}`],
])("%s declared as %s is a failure that says what to do", async (file, diskFormat, reason) => {
  expect(await reasons(file, diskFormat)).toEqual([`diskFormat: ${reason}`]);
});

test.each<[string, FileName[]]>([
  ["qcow2", ["qcow2", "gzip"]],
  ["vmdk", ["vmdk", "noise", "bootRecord"]],
  ["vhd", ["vhd", "fixedVhd"]],
  ["vhdx", ["vhdx"]],
  ["vdi", ["vdi"]],
  ["iso", ["iso", "isohybrid", "bootRecord"]],
  ["raw", ["noise", "bootRecord", "iso", "isohybrid", "fixedVhd"]],
])("what %s may be passes", async (diskFormat, fitting) => {
  for (const file of fitting) expect({ file, reasons: await reasons(file, diskFormat) }).toEqual({ file, reasons: [] });
});

test.each(["qcow2", "vhdx", "vdi", "iso"])("plain data is no %s", async (diskFormat) => {
  const reason = `diskFormat: diskFormat says ${diskFormat}, but "noise" does not begin like one: declare its own format`;
  expect(await reasons("noise", diskFormat)).toEqual([expect.stringContaining(reason)]);
});

test("plain data without a footer is no vhd", async () => {
  const reason = `diskFormat: diskFormat says vhd, but "noise" neither begins nor ends like one: declare its own format`;
  expect(await reasons("noise", "vhd")).toEqual([expect.stringContaining(reason)]);
});

test.each(["ami", "aki", "ari", "ploop", "vpc"])("nothing contradicts %s", async (diskFormat) => {
  for (const file of ["qcow2", "gzip", "overlay"] as const) expect(await reasons(file, diskFormat)).toEqual([]);
});

test.each(["ova", "ovf", "docker", "compressed"])("nobody looks into %s", async (containerFormat) => {
  for (const file of ["qcow2", "gzip"] as const) expect(await reasons(file, "raw", containerFormat)).toEqual([]);
});

test("formats that a preview does not know yet are not judged", async () => {
  expect(await reasons("qcow2", unknown)).toEqual([]);
  expect(await reasons("qcow2", "raw", unknown)).toEqual([]);
});
