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

/** What a file is, from its two ends; undefined for plain data. */
export async function inspectFile(path: string): Promise<Found | undefined> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const head = await read(file, 0, size);
    return inspect({ head, tail: await read(file, Math.max(0, size - reach), size), size });
  } finally {
    await file.close();
  }
}

export function inspect(sample: Sample): Found | undefined {
  for (const recognise of recognisers) {
    const found = recognise(sample);
    if (found) return found;
  }
  return undefined;
}

async function read(file: FileHandle, start: number, size: number): Promise<Buffer> {
  const length = Math.min(reach, size - start);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, start);
  return buffer.subarray(0, bytesRead);
}
