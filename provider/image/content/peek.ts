import { Readable } from "node:stream";

/** The beginning of a stream, and all of it. */
export interface Peeked {
  /** Shorter than asked for only where the stream is. */
  head: Buffer;
  /** The same bytes as the stream had, from the first on. */
  stream: Readable;
}

/** Reads at least `most` bytes ahead; they stay in memory until they are read once more. Rejects with the stream's error. */
export async function peek(stream: Readable, most: number): Promise<Peeked> {
  const chunks: Buffer[] = [];
  let size = 0;
  const iterator: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]();
  while (size < most) {
    const { value, done } = await iterator.next();
    if (done) break;
    chunks.push(value);
    size += value.length;
  }
  const head = Buffer.concat(chunks).subarray(0, most);
  return { head, stream: streamOf(again(chunks, iterator), stream) };
}

async function* again(chunks: Buffer[], iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  for (let chunk = chunks.shift(); chunk; chunk = chunks.shift()) yield chunk;
  yield* { [Symbol.asyncIterator]: () => iterator };
}

/** Bytes as a stream whose end, whoever brings it about, is that of its source as well. */
export function streamOf(bytes: AsyncIterable<Buffer>, source: Readable): Readable {
  const stream = Readable.from(bytes, { objectMode: false });
  const end = stream._destroy.bind(stream);
  stream._destroy = (error, done) => {
    // First, because a generator that waits for a source that is silent does not end before it.
    source.destroy();
    end(error, done);
  };
  return stream;
}
