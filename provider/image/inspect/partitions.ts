import { type DiskFormat, type Found, hasMagic, type Sample } from "./found";

const sectorLengths = [512, 4096];
const table = { offset: 446, entryLength: 16 };

/**
 * A plain disk that begins with a partition table: a GPT (UEFI, "GUID Partition Table"), or a master boot record. Discs have one to
 * start from, and the extents of flat VMDKs are plain disks.
 */
export function partitions({ head, tail, size }: Sample): Found | undefined {
  if (!isGpt(head) && !isMasterBootRecord(head)) return undefined;
  // A fixed VHD is a plain disk with a footer, which is out of sight where nobody saw the end.
  const fits = ["raw", "iso", "vmdk", ...(tail.length === 0 ? ["vhd"] : [])] as const;
  return { format: "raw", fits: [...fits] as DiskFormat[], evidence: "it has a partition table", virtualSize: size };
}

const isGpt = (head: Buffer) => sectorLengths.some((length) => hasMagic(head, "EFI PART", length));

/** The signature alone is no proof: boot sectors of file systems have it as well. */
function isMasterBootRecord(head: Buffer): boolean {
  if (head.length < 512 || head.readUInt16LE(510) !== 0xaa55) return false;
  const entries = [0, 1, 2, 3].map((index) => head.subarray(table.offset + index * table.entryLength));
  return entries.every(isSound) && entries.some(isUsed);
}

const isSound = (entry: Buffer) => entry[0] === 0x00 || entry[0] === 0x80;

const isUsed = (entry: Buffer) => entry[4] !== 0 && entry.readUInt32LE(8) !== 0 && entry.readUInt32LE(12) !== 0;
