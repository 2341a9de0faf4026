import { type Bytes, type Format, startsWith, uint64LE } from "./format";

const regionTable = { offset: 192 * 1024, size: 64 * 1024, signature: "regi", firstEntry: 16, largestCount: 2047 };
const metadataTable = { size: 64 * 1024, signature: "metadata", firstEntry: 32, largestCount: 2047 };
const entrySize = 32;

/** GUIDs as they stand in the file: the first three groups are little-endian. */
const metadataRegion = "06a27c8b90479a4bb8fe575f050f886e";
const virtualDiskSize = "2442a52f1bcd7648b2115dbed83bf4b8";

/** Microsoft's VHDX (MS-VHDX): the size stands in a metadata item, found over two tables. */
export const vhdx: Format = {
  name: "vhdx",
  matches: startsWith("vhdxfile", 32),
  virtualSize: diskSize,
  isSafe: async (bytes) => bytes.size >= regionTable.offset + regionTable.size,
};

async function diskSize(bytes: Bytes): Promise<number> {
  const regions = await bytes.read(regionTable.offset, regionTable.size);
  if (regions.length < regionTable.size || !hasSignature(regions, regionTable.signature)) return 0;
  const region = findEntry(regions, regionTable, regions.readUInt32LE(8), metadataRegion);
  if (region === undefined) return 0;
  const start = Number(region.readBigUInt64LE(16));
  const metadata = await bytes.read(start, metadataTable.size);
  if (!hasSignature(metadata, metadataTable.signature)) return 0;
  const item = findEntry(metadata, metadataTable, metadata.readUInt16LE(10), virtualDiskSize);
  if (item === undefined) return 0;
  const offset = start + item.readUInt32LE(16);
  return offset + 8 <= bytes.size ? uint64LE(bytes, offset) : 0;
}

const hasSignature = (table: Buffer, signature: string) =>
  table.length >= entrySize && table.toString("latin1", 0, signature.length) === signature;

function findEntry(
  table: Buffer,
  { firstEntry, largestCount }: { firstEntry: number; largestCount: number },
  count: number,
  guid: string,
): Buffer | undefined {
  for (let index = 0; index < Math.min(count, largestCount); index++) {
    const start = firstEntry + index * entrySize;
    const entry = table.subarray(start, start + entrySize);
    if (entry.length === entrySize && entry.toString("hex", 0, 16) === guid) return entry;
  }
  return undefined;
}
