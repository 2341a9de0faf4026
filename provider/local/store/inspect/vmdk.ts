import { type Bytes, type Format, uint64LE } from "./format";

const sector = 512;
const magic = "KDMV";
const headerSize = 64;
const versionOffset = 4;
const capacityOffset = 12;
const descriptorOffset = 28;
const descriptorSizeOffset = 36;
const largestDescriptor = 2 ** 20 - 1;
const selfContained = ["monolithicsparse", "streamoptimized"];

/** VMware's format. Only the sparse kinds, whose descriptor is inside the image, are acceptable. */
export const vmdk: Format = {
  name: "vmdk",
  async matches(bytes) {
    return (await isSparse(bytes)) || createType(await plainDescriptor(bytes)) !== undefined;
  },
  async virtualSize(bytes) {
    return (await isSparse(bytes)) ? (await uint64LE(bytes, capacityOffset)) * sector : 0;
  },
  async isSafe(bytes) {
    const descriptor = await embeddedDescriptor(bytes);
    if (descriptor === undefined || !selfContained.includes(createType(descriptor) ?? "")) return false;
    return describesItselfOnly(descriptor);
  },
};

async function isSparse(bytes: Bytes): Promise<boolean> {
  return (await bytes.read(0, headerSize)).toString("latin1").startsWith(magic);
}

/** An image that is nothing but a descriptor in ASCII. */
async function plainDescriptor(bytes: Bytes): Promise<string> {
  const head = (await bytes.read(0, sector)).toString("latin1");
  if (head.length < headerSize || !/^[\t-\r\x20-\x7e]*$/.test(head)) return "";
  return (await bytes.read(0, largestDescriptor)).toString("latin1").toLowerCase();
}

async function embeddedDescriptor(bytes: Bytes): Promise<string | undefined> {
  if (bytes.size < headerSize || !(await isSparse(bytes))) return undefined;
  const version = (await bytes.read(versionOffset, 4)).readUInt32LE();
  const offset = (await uint64LE(bytes, descriptorOffset)) * sector;
  if (version < 1 || version > 3 || offset !== sector) return undefined;
  const size = Math.min((await uint64LE(bytes, descriptorSizeOffset)) * sector, largestDescriptor);
  const text = (await bytes.read(offset, size)).toString("latin1");
  return text.split("\0", 1)[0]?.toLowerCase();
}

const createType = (descriptor: string) => /createtype="([^"]{0,63})"/.exec(descriptor)?.[1];

/** Extents name files: there must be one, and none in another folder. */
function describesItselfOnly(descriptor: string): boolean {
  const lines = descriptor.split("\n").map((line) => line.trim());
  const statements = lines.filter((line) => line !== "" && !line.startsWith("#") && !line.startsWith("ddb"));
  const extents = statements.filter((line) => /^(rw|rdonly|noaccess) /.test(line));
  const fields = statements.filter((line) => /^[^ =]+=/.test(line));
  return (
    extents.length > 0 &&
    extents.length + fields.length === statements.length &&
    extents.every((line) => !line.includes("/"))
  );
}
