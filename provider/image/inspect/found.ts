/** The two ends of a file. Either is shorter than it may be only where the file is, or where that end is out of sight. */
export interface Sample {
  head: Buffer;
  /** Empty where nobody saw the end. */
  tail: Buffer;
  /** Of the whole file, in bytes; undefined where nobody knows. */
  size: number | undefined;
}

export type DiskFormat = "raw" | "qcow2" | "vmdk" | "vhd" | "vhdx" | "vdi" | "iso";
export type Compression = "gzip" | "bzip2" | "xz" | "zstd";

/** What a file's content is. */
export interface Found {
  /** As in Glance's `disk_format`, or how the content is compressed. */
  format: DiskFormat | Compression;
  /** The disk formats that such content may be declared as; none for what is compressed. */
  fits: readonly DiskFormat[];
  /** What shows it, where the format's name alone would not convince. */
  evidence?: string;
  /** Size of the disk inside, in bytes; absent where the ends of the file do not tell it. */
  virtualSize?: number;
  /** Name of the file that holds what this one does not; empty where the name is out of reach. */
  backingFile?: string;
  /** Whether the data is in another file. */
  dataFile?: boolean;
}

/** Recognises one family of formats; undefined for any other content, however damaged. */
export type Recogniser = (sample: Sample) => Found | undefined;

export function hasMagic(bytes: Buffer, magic: string, offset = 0): boolean {
  return bytes.toString("latin1", offset, offset + magic.length) === magic;
}

/** A size as far as a number can say it exactly: headers may claim any. */
export function sized(bytes: bigint): Pick<Found, "virtualSize"> {
  return bytes <= BigInt(Number.MAX_SAFE_INTEGER) ? { virtualSize: Number(bytes) } : {};
}

/** A name out of a header, fit to be shown: nothing in it can steer a terminal. */
export function shownName(bytes: Buffer): string {
  return bytes.toString("utf8").replace(/\p{C}/gu, "\ufffd");
}
