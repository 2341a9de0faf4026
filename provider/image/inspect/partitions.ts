import { type DiskFormat, type Found, hasMagic, type Sample, sized } from "./found";

const sectorLengths = [512, 4096];
const table = { offset: 446, entryLength: 16 };

/**
 * A plain disk that begins with a partition table: a GPT (UEFI, "GUID Partition Table"), or a master boot record. Discs have one to
 * start from, and the extents of flat VMDKs are plain disks.
 */
export function partitions({ head, tail, size }: Sample): Found | undefined {
  const sectorLength = sectorLengths.find((length) => hasMagic(head, "EFI PART", length));
  if (sectorLength === undefined && !isMasterBootRecord(head)) return undefined;
  // A fixed VHD is a plain disk with a footer, which is out of sight where nobody saw the end.
  const fits = ["raw", "iso", "vmdk", ...(tail.length === 0 ? ["vhd"] : [])] as const;
  return {
    format: "raw",
    fits: [...fits] as DiskFormat[],
    evidence: "it has a partition table",
    ...(sectorLength !== undefined && endOfGpt(head, sectorLength)),
    ...(size !== undefined && { virtualSize: size }),
  };
}

/** The other copy of the header stands in the last sector of the disk. Of a master boot record nothing tells where the disk ends. */
function endOfGpt(head: Buffer, sectorLength: number): Pick<Found, "virtualSize"> {
  const other = sectorLength + 32;
  if (head.length < other + 8) return {};
  return sized((head.readBigUInt64LE(other) + 1n) * BigInt(sectorLength));
}

/** The signature alone is no proof: boot sectors of file systems have it as well. */
function isMasterBootRecord(head: Buffer): boolean {
  if (head.length < 512 || head.readUInt16LE(510) !== 0xaa55) return false;
  const entries = [0, 1, 2, 3].map((index) => head.subarray(table.offset + index * table.entryLength));
  return entries.every(isSound) && entries.some(isUsed);
}

const isSound = (entry: Buffer) => entry[0] === 0x00 || entry[0] === 0x80;

const isUsed = (entry: Buffer) => entry[4] !== 0 && entry.readUInt32LE(8) !== 0 && entry.readUInt32LE(12) !== 0;
