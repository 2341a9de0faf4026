import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { GlanceError } from "../http/errors";
import type { RequestBody } from "../http/types";
import type { LocalFile } from "./spec";

// At 64 KiB the event loop and not the disk bounds an upload; at 1 MiB the garbage of one adds up.
const chunkSize = 256 * 1024;

/** The path as the user wrote it, seen from the program's directory. */
export function localFile(written: string, directory: string): LocalFile {
  return { kind: "localFile", written, path: resolve(directory, written) };
}

/**
 * The file as a request body. It is opened anew for each attempt.
 *
 * @param sent - Told how many bytes of the attempt were handed to the network so far, and how many there are.
 */
export async function openLocalFile(
  file: LocalFile,
  sent?: (done: number, total: number) => void,
): Promise<RequestBody & { length: number }> {
  const length = await sizeOfLocalFile(file);
  const open = () => createReadStream(file.path, { highWaterMark: chunkSize });
  return { length, open: sent ? () => counted(open(), (done) => sent(done, length)) : open };
}

/** The same stream. A listener would set it flowing before its reader comes, were it not paused. */
function counted(stream: Readable, sent: (done: number) => void): Readable {
  let done = 0;
  sent(done);
  return stream.pause().on("data", (chunk: Buffer) => {
    done += chunk.length;
    sent(done);
  });
}

/** `sha256:…` of the content. */
export async function hashLocalFile(file: LocalFile): Promise<string> {
  await sizeOfLocalFile(file);
  const hash = createHash("sha256");
  try {
    await pipeline(createReadStream(file.path, { highWaterMark: chunkSize }), hash);
  } catch (error) {
    throw unreadable(file, error);
  }
  return `sha256:${hash.digest("hex")}`;
}

/** Bytes. Throws SOURCE where there is no regular file with content: Glance would make an empty active image of it. */
export async function sizeOfLocalFile(file: LocalFile): Promise<number> {
  const info = await stat(file.path).catch((error) => {
    throw unreadable(file, error);
  });
  if (!info.isFile()) throw new GlanceError({ code: "SOURCE", message: `"${file.written}" is not a file` });
  if (info.size === 0) throw new GlanceError({ code: "SOURCE", message: `The file "${file.written}" is empty` });
  return info.size;
}

function unreadable(file: LocalFile, cause: unknown): GlanceError {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === "ENOENT") {
    return new GlanceError({
      code: "SOURCE",
      message: `There is no file "${file.written}"`,
      hint: "The path is relative to the directory of the Pulumi program",
      cause,
    });
  }
  const why = code === "EACCES" ? "permission denied" : (cause as Error).message;
  return new GlanceError({ code: "SOURCE", message: `The file "${file.written}" cannot be read: ${why}`, cause });
}
