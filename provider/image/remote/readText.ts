import { unreadable } from "./failure";
import { openRemote, type RemoteOptions } from "./open";
import type { RemoteFile } from "./types";

/**
 * The whole of a small file, such as a list of checksums, as UTF-8. Fails as `openRemote` does.
 *
 * @param most - In bytes; a longer file is refused with SOURCE.
 */
export async function readText(file: RemoteFile, most: number, options: RemoteOptions = {}): Promise<string> {
  const { stream, length = 0 } = await openRemote(file, options);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    if (length > most) throw tooLong(file, most);
    for await (const chunk of stream) {
      size += chunk.length;
      if (size > most) throw tooLong(file, most);
      chunks.push(chunk);
    }
  } finally {
    stream.destroy();
  }
  return Buffer.concat(chunks, size).toString("utf8");
}

function tooLong(file: RemoteFile, most: number) {
  return unreadable(file, `is longer than ${most} bytes`);
}
