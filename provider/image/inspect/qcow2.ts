import { type Found, hasMagic, type Sample, shownName, sized } from "./found";

const headerLength = { 2: 72, 3: 104 } as const;
const externalDataFile = 1n << 2n;
const longestName = 1023;

/** QEMU's copy-on-write format, versions 2 and 3 (QEMU, docs/interop/qcow2.rst). */
export function qcow2({ head }: Sample): Found | undefined {
  if (head.length < headerLength[2] || !hasMagic(head, "QFI\xfb")) return undefined;
  const version = head.readUInt32BE(4);
  if ((version !== 2 && version !== 3) || head.length < headerLength[version]) return undefined;
  return {
    format: "qcow2",
    fits: ["qcow2"],
    ...sized(head.readBigUInt64BE(24)),
    ...backing(head),
    ...(version === 3 && (head.readBigUInt64BE(72) & externalDataFile) !== 0n && { dataFile: true }),
  };
}

function backing(head: Buffer): Pick<Found, "backingFile"> {
  const offset = head.readBigUInt64BE(8);
  if (offset === 0n) return {};
  const length = head.readUInt32BE(16);
  const isInReach = length <= longestName && offset + BigInt(length) <= BigInt(head.length);
  const start = Number(offset);
  return { backingFile: isInReach ? shownName(head.subarray(start, start + length)) : "" };
}
