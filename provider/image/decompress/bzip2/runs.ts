import type { Block } from "./block";

const chunkSize = 64 * 1024;

/** Equal bytes after which the next byte says how many more there are. */
const runLength = 4;

/** The content of a block, in pieces: it may be 51 times what the block holds. */
export function* unpack({ links, start, length }: Block): Generator<Buffer> {
  let chunk = Buffer.allocUnsafe(chunkSize);
  let size = 0;
  let place = (links[start] as number) >>> 8;
  let last = -1;
  let run = 0;
  for (let left = length; left > 0; left--) {
    const entry = links[place] as number;
    place = entry >>> 8;
    const byte = entry & 0xff;
    if (size + 0xff > chunkSize) {
      yield chunk.subarray(0, size);
      chunk = Buffer.allocUnsafe(chunkSize);
      size = 0;
    }
    if (run === runLength) {
      chunk.fill(last, size, size + byte);
      size += byte;
      run = 0;
      last = -1;
    } else {
      run = byte === last ? run + 1 : 1;
      last = byte;
      chunk[size++] = byte;
    }
  }
  if (size > 0) yield chunk.subarray(0, size);
}
