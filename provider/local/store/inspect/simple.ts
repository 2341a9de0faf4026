import { always, type Bytes, type Format, never, startsWith, uint64BE, uint64LE, unknownSize } from "./format";

const headerSize = 512;

/** Microsoft's older format (Connectix). */
export const vhd: Format = {
  name: "vhd",
  matches: startsWith("conectix", headerSize),
  virtualSize: (bytes) => uint64BE(bytes, 40),
  isSafe: always,
};

/** VirtualBox's format. */
export const vdi: Format = {
  name: "vdi",
  async matches(bytes) {
    return bytes.size >= headerSize && (await bytes.read(0x40, 4)).readUInt32LE() === 0xbeda107f;
  },
  virtualSize: (bytes) => uint64LE(bytes, 0x170),
  isSafe: always,
};

/** QEMU's abandoned format, which nobody accepts. */
export const qed: Format = {
  name: "qed",
  matches: startsWith("QED\0", headerSize),
  virtualSize: unknownSize,
  isSafe: never,
};

/** An encrypted disk. */
export const luks: Format = {
  name: "luks",
  matches: startsWith("LUKS\xba\xbe"),
  virtualSize: unknownSize,
  isSafe: async (bytes) => bytes.size >= 592 && (await bytes.read(6, 2)).readUInt16BE() === 1,
};

const volumeDescriptor = { offset: 32 * 1024, size: 2 * 1024 };

/** An optical disc: ISO 9660 or UDF. */
export const iso: Format = {
  name: "iso",
  async matches(bytes) {
    const descriptor = await readDescriptor(bytes);
    const isWhole = descriptor.length === volumeDescriptor.size;
    return isWhole && ["CD001", "NSR02", "NSR03"].includes(descriptor.toString("latin1", 1, 6));
  },
  async virtualSize(bytes) {
    const descriptor = await readDescriptor(bytes);
    const isPrimary = descriptor[0] === 1;
    return isPrimary ? descriptor.readUInt32LE(80) * descriptor.readUInt16LE(128) : 0;
  },
  isSafe: always,
};

const readDescriptor = (bytes: Bytes) => bytes.read(volumeDescriptor.offset, volumeDescriptor.size);
