import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Writes the pieces as fast as they are read. Whoever closes the pipe has seen enough: then the rest is not asked for. */
export async function write(pieces: Iterable<string> | AsyncIterable<string>, out: Writable): Promise<void> {
  try {
    await pipeline(Readable.from(pieces), out, { end: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPIPE") throw error;
  }
}
