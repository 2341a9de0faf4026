import { createReadStream } from "node:fs";
import { access, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileName } from "./collection";

const partial = ".partial";

/** Thrown when a place already holds bytes for an image. */
export class BlobExists extends Error {
  override readonly name = "BlobExists";
}

/** The bytes of images as files: a folder per place, a file per image. Bytes pass through, they are never held in memory. */
export class Blobs {
  private constructor(private readonly folder: string) {}

  /** Discards what unfinished writes left behind. */
  static async open(folder: string, places: readonly string[]): Promise<Blobs> {
    for (const place of places) {
      await mkdir(join(folder, place), { recursive: true });
      const names = await readdir(join(folder, place));
      for (const name of names.filter((name) => name.endsWith(partial))) await rm(join(folder, place, name));
    }
    return new Blobs(folder);
  }

  path(place: string, imageId: string): string {
    return join(this.folder, place, fileName(imageId));
  }

  async has(place: string, imageId: string): Promise<boolean> {
    return access(this.path(place, imageId)).then(
      () => true,
      () => false,
    );
  }

  /** Writes all bytes or none. Throws BlobExists, and whatever `source` throws. */
  async write(place: string, imageId: string, source: AsyncIterable<Buffer>): Promise<void> {
    if (await this.has(place, imageId)) throw new BlobExists(`${place} already holds ${imageId}`);
    const file = this.path(place, imageId);
    // Opened here: a stream that is broken off while it opens its file makes it after we removed it.
    const handle = await open(file + partial, "w");
    try {
      await pipeline(source, handle.createWriteStream());
      await rename(file + partial, file);
    } catch (error) {
      await rm(file + partial, { force: true });
      throw error;
    }
  }

  /** Bytes from `start` to `end`, both inclusive; all bytes by default. */
  read(place: string, imageId: string, range: { start?: number; end?: number } = {}): Readable {
    return createReadStream(this.path(place, imageId), { ...range, highWaterMark: 256 * 1024 });
  }

  async remove(place: string, imageId: string): Promise<void> {
    await rm(this.path(place, imageId), { force: true });
  }
}
