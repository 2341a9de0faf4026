import { finished, Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import type { Compression } from "../inspect/found";
import { decoderOf } from "./decoders";
import { refused } from "./faults";
import { Input } from "./input";
import { type Limits, limits } from "./limits";

/**
 * The content of compressed data, as a stream. Memory is constant, and nothing is read that is not asked for. Fails with SOURCE where
 * the data is damaged, cut off, followed by something else, or unpacks to more than a file of an image would; with the source's own
 * error where that fails. Each of the two is destroyed with the other.
 *
 * @param length - Of all the compressed data, in bytes; 0 where nobody tells.
 */
export function decompress(source: Readable, compression: Compression, length = 0, most: Limits = limits): Readable {
  return new Decompressed(source, content(source, compression, length, most));
}

class Decompressed extends Readable {
  constructor(
    private readonly source: Readable,
    private readonly content: AsyncGenerator<Buffer>,
  ) {
    super();
    finished(source, { writable: false }, (error) => {
      if (error) this.destroy(error);
    });
  }

  override async _read(): Promise<void> {
    try {
      const { value, done } = await this.content.next();
      this.push(done ? null : value);
    } catch (error) {
      this.destroy(this.source.errored ?? (error as Error));
    }
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.source.destroy();
    // What waits for the source ends with that; nobody is left to hear how.
    this.content.return(undefined).catch(() => {});
    done(error);
  }
}

async function* content(
  source: Readable,
  compression: Compression,
  length: number,
  { free, ratio }: Limits,
): AsyncGenerator<Buffer> {
  const input = new Input(source);
  let size = 0;
  for await (const chunk of decoderOf(compression)(input)) {
    size += chunk.length;
    // The zeros of a sparse disk may all come before its data.
    if (size > free && size > ratio * Math.max(input.read, length)) {
      throw refused(compression, `unpacks to more than ${ratio} times what was read of it, as bombs do`);
    }
    yield chunk;
    // Decoders may have more at once without end: other transfers want their turn.
    await setImmediate();
  }
}
