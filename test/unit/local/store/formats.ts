/** Smallest images of each format, as far as image inspection reads them. */

export function qcow2({ version = 3, size = 2 ** 30, backingFile = 0, features = 0n } = {}): Buffer {
  const image = Buffer.alloc(512);
  image.write("QFI\xfb", 0, "latin1");
  image.writeUInt32BE(version, 4);
  image.writeBigUInt64BE(BigInt(backingFile), 8);
  image.writeBigUInt64BE(BigInt(size), 24);
  image.writeBigUInt64BE(features, 72);
  return image;
}

export function vmdk({
  kind = "monolithicSparse",
  extent = 'RW 8 SPARSE "disk.vmdk"',
  sectors = 8,
  version = 1,
} = {}): Buffer {
  const image = Buffer.alloc(1024);
  image.write("KDMV", 0, "latin1");
  image.writeUInt32LE(version, 4);
  image.writeBigUInt64LE(BigInt(sectors), 12);
  image.writeBigUInt64LE(1n, 28);
  image.writeBigUInt64LE(1n, 36);
  image.write(`# Disk DescriptorFile\nversion=1\ncreateType="${kind}"\n\n${extent}\nddb.adapterType = "ide"\n`, 512);
  return image;
}

export function vhd(size: number): Buffer {
  const image = Buffer.alloc(512);
  image.write("conectix", 0);
  image.writeBigUInt64BE(BigInt(size), 40);
  return image;
}

export function vdi(size: number): Buffer {
  const image = Buffer.alloc(512);
  image.writeUInt32LE(0xbeda107f, 0x40);
  image.writeBigUInt64LE(BigInt(size), 0x170);
  return image;
}

export function vhdx(size: number): Buffer {
  const [regionTable, metadata, item] = [192 * 1024, 1024 * 1024, 64 * 1024];
  const image = Buffer.alloc(metadata + item + 8);
  image.write("vhdxfile", 0);
  image.write("regi", regionTable);
  image.writeUInt32LE(1, regionTable + 8);
  image.write("06a27c8b90479a4bb8fe575f050f886e", regionTable + 16, "hex");
  image.writeBigUInt64LE(BigInt(metadata), regionTable + 32);
  image.write("metadata", metadata);
  image.writeUInt16LE(1, metadata + 10);
  image.write("2442a52f1bcd7648b2115dbed83bf4b8", metadata + 32, "hex");
  image.writeUInt32LE(item, metadata + 48);
  image.writeBigUInt64LE(BigInt(size), metadata + item);
  return image;
}

export function iso(blocks: number): Buffer {
  const image = Buffer.alloc(34 * 1024);
  image.write("\x01CD001", 32 * 1024, "latin1");
  image.writeUInt32LE(blocks, 32 * 1024 + 80);
  image.writeUInt16LE(2048, 32 * 1024 + 128);
  return image;
}

/** A disk with a master boot record whose first entry has this type. */
export function partitioned({ type = 0x83, boot = 0x80, image = Buffer.alloc(512) as Buffer } = {}): Buffer {
  image[446] = boot;
  image.set([0, 2, 0], 447);
  image[450] = type;
  image.writeUInt32LE(1, 454);
  image.writeUInt16LE(0xaa55, 510);
  return image;
}
