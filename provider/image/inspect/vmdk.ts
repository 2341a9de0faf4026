import { type Found, hasMagic, type Sample, shownName, sized } from "./found";

const sector = 512n;
const headerLength = 512;
const noParent = "ffffffff";

/** VMware's format (VMware, "Virtual Disk Format 5.0"): a sparse extent, or the text that describes extents in other files. */
export function vmdk({ head }: Sample): Found | undefined {
  return sparseExtent(head) ?? plainDescriptor(head);
}

/** Of the kinds monolithicSparse and streamOptimized; their descriptor is inside. */
function sparseExtent(head: Buffer): Found | undefined {
  if (head.length < headerLength || !hasMagic(head, "KDMV")) return undefined;
  const version = head.readUInt32LE(4);
  if (version < 1 || version > 3) return undefined;
  return {
    format: "vmdk",
    fits: ["vmdk"],
    ...sized(head.readBigUInt64LE(12) * sector),
    ...parent(embeddedDescriptor(head)),
  };
}

function embeddedDescriptor(head: Buffer): string {
  const start = Number(head.readBigUInt64LE(28) * sector);
  const length = Number(head.readBigUInt64LE(36) * sector);
  return start === 0 ? "" : head.toString("latin1", start, Math.min(start + length, head.length));
}

function plainDescriptor(head: Buffer): Found | undefined {
  if (!/^# disk descriptorfile\s/i.test(head.toString("latin1", 0, 64))) return undefined;
  const text = head.toString("latin1");
  return { format: "vmdk", fits: ["vmdk"], ...sized(sectorsOf(text) * sector), ...parent(text), dataFile: true };
}

/** Lines like `RW 4192256 SPARSE "disk-s001.vmdk"`; the number is of sectors. */
function sectorsOf(descriptor: string): bigint {
  const extents = descriptor.matchAll(/^(?:RW|RDONLY|NOACCESS)[ \t]{1,8}(\d{1,20})[ \t]/gim);
  return [...extents].reduce((sum, [, sectors]) => sum + BigInt(sectors as string), 0n);
}

/** Only a disk with the content id of a parent has one; the name alone may be left over. */
function parent(descriptor: string): Pick<Found, "backingFile"> {
  const id = /^parentCID=([0-9a-f]{1,8})\b/im.exec(descriptor)?.[1];
  const name = /^parentFileNameHint="([^"\r\n]{1,1024})"/im.exec(descriptor)?.[1];
  if (id === undefined || id.toLowerCase() === noParent || name === undefined) return {};
  return { backingFile: shownName(Buffer.from(name, "latin1")) };
}
