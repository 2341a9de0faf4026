import { type Found, hasMagic, type Sample, sized } from "./found";

const descriptor = { offset: 16 * 2048, length: 2048 };
const primary = 1;

/** An optical disc (ECMA-119, also ISO 9660). A disc that starts as a disk too has a partition table, and is raw with as much right. */
export function iso({ head }: Sample): Found | undefined {
  const volume = head.subarray(descriptor.offset, descriptor.offset + descriptor.length);
  if (volume.length < descriptor.length || !hasMagic(volume, "CD001", 1)) return undefined;
  return { format: "iso", fits: ["iso", "raw"], ...(volume[0] === primary && volumeSize(volume)) };
}

const volumeSize = (volume: Buffer) => sized(BigInt(volume.readUInt32LE(80)) * BigInt(volume.readUInt16LE(128)));
