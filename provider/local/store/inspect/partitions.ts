import type { Bytes, Format } from "./format";

const sectorSize = 512;
const entriesOffset = 446;
const entrySize = 16;
const gptProtection = 0xee;

/** A disk that begins with a partition table: a master boot record, maybe one that protects a GPT. */
export const gpt: Format = {
  name: "gpt",
  async matches(bytes) {
    const sector = await bytes.read(0, sectorSize);
    return sector.length === sectorSize && sector.readUInt16LE(510) === 0xaa55 && !isFat(sector);
  },
  virtualSize: async (bytes) => bytes.size,
  isSafe: async (bytes) => hasSoundPartitions(await entries(bytes)),
};

/** A file system whose boot sector bears the same signature. */
const isFat = (sector: Buffer) => sector[0x10] === 2 && sector[0x15] === 0xf8;

async function entries(bytes: Bytes): Promise<Buffer[]> {
  const table = await bytes.read(entriesOffset, 4 * entrySize);
  return [0, 1, 2, 3].map((index) => table.subarray(index * entrySize, (index + 1) * entrySize));
}

function hasSoundPartitions(partitions: readonly Buffer[]): boolean {
  if (!partitions.every((entry) => entry[0] === 0x00 || entry[0] === 0x80)) return false;
  const used = partitions.filter((entry) => entry[4] !== 0);
  const protection = partitions.filter((entry) => entry[4] === gptProtection);
  if (protection.length === 0) return used.length > 0;
  const [only] = protection;
  return used.length === 1 && only === partitions[0] && only !== undefined && startsAtFirstSector(only);
}

const startsAtFirstSector = (entry: Buffer) =>
  entry[1] === 0x00 && entry[2] === 0x02 && entry[3] === 0x00 && entry.readUInt32LE(8) === 1;
