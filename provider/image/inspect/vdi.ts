import { type Found, type Sample, sized } from "./found";

const headerLength = 0x200;
const signature = 0xbeda107f;
const differencing = 4;

/** VirtualBox's format, version 1 (VirtualBox, Storage/VDICore.h). */
export function vdi({ head }: Sample): Found | undefined {
  if (head.length < headerLength || head.readUInt32LE(0x40) !== signature) return undefined;
  return {
    format: "vdi",
    fits: ["vdi"],
    ...sized(head.readBigUInt64LE(0x170)),
    // It knows its parent by an id.
    ...(head.readUInt32LE(0x4c) === differencing && { backingFile: "" }),
  };
}
