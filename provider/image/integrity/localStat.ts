import { stat } from "node:fs/promises";
import { GlanceError } from "../../http/errors";

/** What the file system says about a file that can be an image's source. */
export interface LocalStat {
  /** In bytes, at least 1. */
  size: number;
  /** The last change of its content, in milliseconds since 1970. */
  modified: number;
  /** The same as long as the file holds the same bytes. The time of a change of its inode is part of it. */
  fingerprint: string;
}

/**
 * Throws SOURCE where there is no regular file with content: Glance would make an empty active image of it.
 *
 * @param written - The path as the user wrote it, for messages.
 */
export async function statOfFile(path: string, written: string): Promise<LocalStat> {
  const info = await stat(path, { bigint: true }).catch((error) => {
    throw unreadable(written, error);
  });
  if (!info.isFile()) throw new GlanceError({ code: "SOURCE", message: `"${written}" is not a file` });
  if (info.size === 0n) throw new GlanceError({ code: "SOURCE", message: `The file "${written}" is empty` });
  const { dev, ino, size, mtimeNs, ctimeNs } = info;
  return {
    size: Number(size),
    modified: Number(info.mtimeMs),
    fingerprint: [dev, ino, size, mtimeNs, ctimeNs].join(":"),
  };
}

/** The failure of a call of the file system, as SOURCE. */
export function unreadable(written: string, cause: unknown): GlanceError {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === "ENOENT") {
    return new GlanceError({
      code: "SOURCE",
      message: `There is no file "${written}"`,
      hint: "The path is relative to the directory of the Pulumi program",
      cause,
    });
  }
  const why = code === "EACCES" ? "permission denied" : (cause as Error).message;
  return new GlanceError({ code: "SOURCE", message: `The file "${written}" cannot be read: ${why}`, cause });
}
