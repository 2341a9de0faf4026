import { type Found, hasMagic, type Sample, sized } from "./found";

const footerLength = 512;
/** Files from before Virtual PC 2004 end one byte early. */
export const shortestFooter = 511;
const cookie = "conectix";
const differencing = 4;

/**
 * Microsoft's older format, which QEMU calls vpc ("Virtual Hard Disk Image Format Specification"). A dynamic disk begins with a copy of
 * its footer; a fixed one is the plain disk with a footer behind it, which is whatever the disk is as well.
 */
export function vhd({ head, tail }: Sample): Found | undefined {
  if (isFooter(head)) return { format: "vhd", fits: ["vhd"], ...currentSize(head), ...parent(head) };
  const footer = [footerLength, shortestFooter].map((length) => tail.subarray(-length)).find(isFooter);
  return footer && { format: "vhd", fits: ["vhd", "raw", "iso"], ...currentSize(footer) };
}

/** VHDX ("[MS-VHDX]"). Its size stands in tables that lie farther in than the head reaches. */
export function vhdx({ head }: Sample): Found | undefined {
  return hasMagic(head, "vhdxfile") ? { format: "vhdx", fits: ["vhdx"] } : undefined;
}

const isFooter = (bytes: Buffer) => bytes.length >= shortestFooter && hasMagic(bytes, cookie);

/** Its names stand in several places and encodings. */
const parent = (footer: Buffer) => (footer.readUInt32BE(60) === differencing ? { backingFile: "" } : {});

const currentSize = (footer: Buffer) => sized(footer.readBigUInt64BE(48));
