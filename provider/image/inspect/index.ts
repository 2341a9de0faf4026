import { type FileHandle, open } from "node:fs/promises";
import { compressed } from "./compressed";
import type { Found, Recogniser, Sample } from "./found";
import { iso } from "./iso";
import { partitions } from "./partitions";
import { qcow2 } from "./qcow2";
import { vdi } from "./vdi";
import { vhd, vhdx } from "./vhd";
import { vmdk } from "./vmdk";

/** Bytes that are read of each end of a file. */
const reach = 64 * 1024;

/** Plain disks come last: their content may begin and end with anything. */
const recognisers: readonly Recogniser[] = [qcow2, vmdk, vhdx, vdi, compressed, vhd, iso, partitions];

/** The two ends of a file. */
export async function sampleOf(path: string): Promise<Sample> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const head = await read(file, 0, size);
    return { head, tail: await read(file, Math.max(0, size - reach), size), size };
  } finally {
    await file.close();
  }
}

/** What a file is, from its two ends; undefined for plain data. */
export function inspect(sample: Sample): Found | undefined {
  for (const recognise of recognisers) {
    const found = recognise(sample);
    if (found) return found;
  }
  return undefined;
}

/**
 * What is known of data of which there is only the beginning.
 *
 * @param size - Of all the data, in bytes, where that is known.
 */
export function beginning(head: Buffer, size?: number): Sample {
  return { head, tail: Buffer.alloc(0), size };
}

async function read(file: FileHandle, start: number, size: number): Promise<Buffer> {
  const length = Math.min(reach, size - start);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, start);
  return buffer.subarray(0, bytesRead);
}
