import { type Bytes, type Format, startsWith, uint64BE } from "./format";

const versionOffset = 4;
const backingFileOffset = 8;
const sizeOffset = 24;
const featuresOffset = 72;

const dataFile = 1n << 2n;
const knownFeatures = 0b1111n;

/** QEMU's copy-on-write format (docs/interop/qcow2.rst of QEMU). */
export const qcow2: Format = {
  name: "qcow2",
  matches: startsWith("QFI\xfb", 512),
  virtualSize: (bytes) => uint64BE(bytes, sizeOffset),
  async isSafe(bytes) {
    if ((await uint64BE(bytes, backingFileOffset)) !== 0) return false;
    const version = (await bytes.read(versionOffset, 4)).readUInt32BE();
    return version === 2 || (version === 3 && hasKnownFeatures(await features(bytes)));
  },
};

async function features(bytes: Bytes): Promise<bigint> {
  return (await bytes.read(featuresOffset, 8)).readBigUInt64BE();
}

/** A data file would be another file of the host that shows the image. */
const hasKnownFeatures = (bits: bigint) => (bits & dataFile) === 0n && (bits & ~knownFeatures) === 0n;
