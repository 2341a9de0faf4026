import type { Sample } from "../../../../provider/image/inspect/found";
import { vdi } from "../../local/store/formats";

/** What inspection reads of a file with this content. */
export function sampleOf(content: Buffer): Sample {
  return { head: content.subarray(0, 64 * 1024), tail: content.subarray(-64 * 1024), size: content.length };
}

/** A header of qcow2 version 3, with the name of its backing file behind it. */
export function qcow2Overlay(backingFile: string): Buffer {
  const image = Buffer.alloc(512);
  image.write("QFI\xfb", 0, "latin1");
  image.writeUInt32BE(3, 4);
  image.writeBigUInt64BE(200n, 8);
  image.writeUInt32BE(Buffer.byteLength(backingFile), 16);
  image.write(backingFile, 200);
  return image;
}

/** The footer of a VHD; a fixed one is `[disk, footer]`, a dynamic one begins with it. */
export function vhdFooter(currentSize: number): Buffer {
  const footer = Buffer.alloc(512);
  footer.write("conectix", 0);
  footer.writeBigUInt64BE(BigInt(currentSize), 48);
  footer.writeUInt32BE(2, 60);
  return footer;
}

/** The beginning of a VHD that holds only what differs from another one. */
export function differencingVhd(): Buffer {
  const disk = Buffer.concat([vhdFooter(2 ** 30), Buffer.alloc(1024)]);
  disk.writeUInt32BE(4, 60);
  return disk;
}

/** The same of a VDI. */
export function differencingVdi(): Buffer {
  const disk = vdi(2 ** 30);
  disk.writeUInt32LE(4, 0x4c);
  return disk;
}

/** A VMDK that is nothing but the description of its extents. */
export function vmdkText({ parentId = "ffffffff", parentName = "" } = {}): Buffer {
  return Buffer.from(`# Disk DescriptorFile
version=1
CID=fffffffe
parentCID=${parentId}
createType="twoGbMaxExtentFlat"
${parentName && `parentFileNameHint="${parentName}"`}

# Extent description
RW 4192256 FLAT "disk-f001.vmdk" 0
RW 2048 FLAT "disk-f002.vmdk" 0
`);
}

/** The first bytes of empty compressed streams, as their own tools write them. */
export const compressedSamples = {
  gzip: Buffer.from("1f8b080000000000000303000000000000000000", "hex"),
  bzip2: Buffer.from("425a683917724538509000000000", "hex"),
  xz: Buffer.from("fd377a585a000004e6d6b446000000001cdf44211fb6f37d010000000004595a", "hex"),
  zstd: Buffer.from("28b52ffd2400010000" + "99e9d851", "hex"),
};
