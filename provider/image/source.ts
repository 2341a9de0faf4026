import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { GlanceError } from "../http/errors";
import { compareDigests } from "./integrity/compare";
import { digestsOfFile, fingerprintOf } from "./integrity/fileDigest";
import type { OpenSource } from "./sourceStream";
import type { LocalFile } from "./spec";

// At 64 KiB the event loop and not the disk bounds an upload; at 1 MiB the garbage of one adds up.
const chunkSize = 256 * 1024;

/** The path as the user wrote it, seen from the program's directory. */
export function localFile(written: string, directory: string): LocalFile {
  return { kind: "localFile", written, path: resolve(directory, written) };
}

/** The file's bytes. Rejects with SOURCE where there is no regular file with content, or not that which was looked at before. */
export async function openLocalFile({ path, written, digest }: LocalFile): Promise<OpenSource> {
  const { digests, size, fingerprint } = await digestsOfFile(path, ["sha256"], written);
  const now = { algorithm: "sha256", value: digests.sha256 } as const;
  if (digest && compareDigests([digest], [now]) !== "same") throw changed(written);
  return {
    stream: createReadStream(path, { highWaterMark: chunkSize }),
    length: size,
    known: [now],
    expected: [],
    async confirm() {
      if ((await fingerprintOf(path, written)) !== fingerprint) throw changed(written);
    },
  };
}

function changed(written: string): GlanceError {
  return new GlanceError({
    code: "SOURCE",
    message: `The file "${written}" has changed since it was looked at`,
    hint: "Run `pulumi up` again when whatever writes it is done",
  });
}
