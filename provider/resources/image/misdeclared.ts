import { open } from "node:fs/promises";
import { compressionOf, misdeclared } from "../../image/content/content";
import { firstBytes, reachInto } from "../../image/decompress/peek";
import { beginning, inspect, sampleOf } from "../../image/inspect";
import type { Found, Sample } from "../../image/inspect/found";
import type { LocalFile } from "../../image/spec";
import { isUnknown, type Previewed } from "../unknown";
import type { ImageInputs } from "./types";

/** Bytes of a file, or of what is packed in it, that tell what it is. */
const reach = 64 * 1024;

/** What the file's content says against its formats and `decompress`, as far as these are known. */
export async function misdeclaredFile(file: LocalFile, inputs: Previewed<ImageInputs>): Promise<string | undefined> {
  const { diskFormat, containerFormat, decompress = "auto" } = inputs;
  if (typeof diskFormat !== "string" || typeof containerFormat !== "string" || isUnknown(decompress)) return undefined;
  const demand = { name: `"${file.written}"`, decompress, formats: { diskFormat, containerFormat } };
  const sample = await sampleIn(file, demand);
  return sample && misdeclared(sample, demand);
}

/** What goes into an image of the file: what is packed in it, where it is to be decompressed. */
export async function foundIn(...asked: Parameters<typeof sampleIn>): Promise<Found | undefined> {
  const sample = await sampleIn(...asked);
  return sample && inspect(sample);
}

async function sampleIn({ path }: LocalFile, demand: Parameters<typeof compressionOf>[2]): Promise<Sample | undefined> {
  // Whoever sends a file that has just become unreadable says so better.
  const head = await headOf(path, reach).catch(() => Buffer.alloc(0));
  const compression = compressionOf(head, undefined, demand);
  if (!compression) return sampleOf(path).catch(() => undefined);
  const packed = await headOf(path, reachInto[compression]).catch(() => head);
  return beginning(await firstBytes(packed, compression, reach));
}

async function headOf(path: string, most: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(most), 0, most, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
