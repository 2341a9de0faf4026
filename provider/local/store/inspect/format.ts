/** Random access to the bytes of an image. */
export interface Bytes {
  size: number;
  /** Fewer bytes than `length` come only where the image ends. */
  read(offset: number, length: number): Promise<Buffer>;
}

/** How a disk format is recognised and judged, after oslo_utils/imageutils/format_inspector.py. */
export interface Format {
  /** As in `disk_format`. */
  name: string;
  matches(bytes: Bytes): Promise<boolean>;
  /** Bytes of the disk inside; 0 when that cannot be told. */
  virtualSize(bytes: Bytes): Promise<number>;
  /** False for what could make a host read files of its own, and for what is not understood. */
  isSafe(bytes: Bytes): Promise<boolean>;
}

export const always = async () => true;
export const never = async () => false;
export const unknownSize = async () => 0;

/** Recognises a format by what an image begins with; an image shorter than `header` has no such header. */
export const startsWith =
  (magic: string, header = magic.length) =>
  async (bytes: Bytes): Promise<boolean> =>
    bytes.size >= header && (await bytes.read(0, magic.length)).toString("latin1") === magic;

export async function uint64LE(bytes: Bytes, offset: number): Promise<number> {
  return Number((await bytes.read(offset, 8)).readBigUInt64LE());
}

export async function uint64BE(bytes: Bytes, offset: number): Promise<number> {
  return Number((await bytes.read(offset, 8)).readBigUInt64BE());
}
