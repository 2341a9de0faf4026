import { open } from "node:fs/promises";
import { Fault } from "../fault";
import type { Bytes, Format } from "./format";
import { gpt } from "./partitions";
import { qcow2 } from "./qcow2";
import { iso, luks, qed, vdi, vhd } from "./simple";
import { vhdx } from "./vhdx";
import { vmdk } from "./vmdk";

const formats: readonly Format[] = [qcow2, vhd, vhdx, vmdk, vdi, qed, iso, gpt, luks];

/**
 * Judges the bytes of an image in a file, as glance/location.py does after an upload: they must be what `diskFormat` says and safe to
 * use. Returns the virtual size in bytes, null when there is none. Only containers of the format `bare` are looked into. Throws
 * `unsuitableData`.
 */
export async function inspect(
  file: string,
  { diskFormat, containerFormat }: { diskFormat: string | null; containerFormat: string | null },
): Promise<number | null> {
  if (containerFormat !== "bare") return null;
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const read = async (offset: number, length: number) => {
      // Headers may point anywhere, also where no file system counts to.
      if (offset >= size) return Buffer.alloc(0);
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    };
    return await judge({ size, read }, diskFormat);
  } finally {
    await handle.close();
  }
}

async function judge(bytes: Bytes, diskFormat: string | null): Promise<number | null> {
  const found = await detect(bytes);
  const name = found?.name ?? "raw";
  const isInspectable = diskFormat === "raw" || formats.some((format) => format.name === diskFormat);
  if (name !== diskFormat && diskFormat !== "raw" && (found !== undefined || isInspectable)) {
    throw new Fault("unsuitableData", `Image disk_format ${diskFormat} does not match stream data ${name}`);
  }
  if (found !== undefined && !(await found.isSafe(bytes))) {
    throw new Fault("unsuitableData", "Image failed safety checks");
  }
  if (diskFormat === "raw") return bytes.size || null;
  return (found && (await found.virtualSize(bytes))) || null;
}

/** The one format that the bytes have; undefined for plain bytes. A disc that can also be started as a disk is a disc. */
async function detect(bytes: Bytes): Promise<Format | undefined> {
  const found: Format[] = [];
  for (const format of formats) if (await format.matches(bytes)) found.push(format);
  if (found.length === 2 && found.includes(iso) && found.includes(gpt)) return iso;
  if (found.length < 2) return found[0];
  throw new Fault("unsuitableData", `Multiple formats detected: ${found.map(({ name }) => name).join(",")}`);
}
