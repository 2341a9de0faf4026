import { open } from "node:fs/promises";
import { compressionOf, misdeclared } from "../../image/content/content";
import { firstBytes } from "../../image/decompress/peek";
import { inspect, inspectFile } from "../../image/inspect";
import type { Found } from "../../image/inspect/found";
import type { LocalFile } from "../../image/spec";
import { isUnknown, type Previewed } from "../unknown";
import type { ImageInputs } from "./types";

/** Bytes that are read of a file to see what is packed in it. */
const reach = 64 * 1024;

/** What the file's content says against its formats and `decompress`, as far as these are known. */
export async function misdeclaredFile(file: LocalFile, inputs: Previewed<ImageInputs>): Promise<string | undefined> {
  const { diskFormat, containerFormat, decompress = "auto" } = inputs;
  if (typeof diskFormat !== "string" || typeof containerFormat !== "string" || isUnknown(decompress)) return undefined;
  const demand = { name: `"${file.written}"`, decompress, formats: { diskFormat, containerFormat } };
  return misdeclared(await foundIn(file, demand), demand);
}

/** What goes into an image of the file: what is packed in it, where it is to be decompressed. */
export async function foundIn(
  { path }: LocalFile,
  demand: Parameters<typeof compressionOf>[2],
): Promise<Found | undefined> {
  // Whoever sends a file that has just become unreadable says so better.
  const head = await headOf(path).catch(() => Buffer.alloc(0));
  const compression = compressionOf(head, undefined, demand);
  if (!compression) return inspectFile(path).catch(() => undefined);
  const inner = await firstBytes(head, compression, reach);
  return inspect({ head: inner, tail: Buffer.alloc(0), size: inner.length });
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(reach), 0, reach, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
