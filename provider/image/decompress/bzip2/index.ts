import { cutOff, damaged, followed } from "../faults";
import type { Input } from "../input";
import { Bits, OutOfBits } from "./bits";
import { readBlock } from "./block";
import { Crc } from "./crc";
import { unpack } from "./runs";

/** Leading digits of pi, and of its square root. */
const blockMagic = "314159265359";
const endMagic = "177245385090";

/** Bytes. */
const blockUnit = 100_000;
const largestLevel = 9;

/**
 * One stream or several. The libraries that exist unpack a block, which may be 46 MB, or all blocks that are at hand at once, and
 * wait for no reader; that of this folder gives a block in pieces, as they are asked for.
 */
export async function* bunzip2(input: Input): AsyncGenerator<Buffer> {
  const source = new Source(input);
  const links = new Uint32Array(largestLevel * blockUnit);
  try {
    do yield* readStream(source, links);
    while (!(await source.isAtEnd()));
  } catch (error) {
    throw error instanceof OutOfBits ? cutOff("bzip2") : error;
  }
}

async function* readStream(source: Source, links: Uint32Array): AsyncGenerator<Buffer> {
  const { bits } = source;
  const level = await readLevel(source);
  const room = links.subarray(0, level * blockUnit);
  let combined = 0;
  for (;;) {
    await source.have(largestBlock(level));
    const magic = readMagic(bits);
    const expected = bits.word();
    if (magic === endMagic) {
      if (expected !== combined) throw damaged("bzip2", "its checksum is wrong");
      return bits.align();
    }
    if (magic !== blockMagic) throw damaged("bzip2");
    const crc = new Crc();
    for (const chunk of unpack(readBlock(bits, room))) {
      crc.update(chunk);
      yield chunk;
    }
    if (crc.value !== expected) throw damaged("bzip2", "a block's checksum is wrong");
    combined = ((combined << 1) | (combined >>> 31)) ^ expected;
  }
}

/** The size of blocks whose runs are packed, in units. */
async function readLevel(source: Source): Promise<number> {
  await source.have(4);
  const { bits } = source;
  for (const expected of "BZh") if (bits.take(8) !== expected.charCodeAt(0)) throw followed("bzip2");
  const level = bits.take(8) - "0".charCodeAt(0);
  if (level < 1 || level > largestLevel) throw followed("bzip2");
  return level;
}

function readMagic(bits: Bits): string {
  return Array.from({ length: 3 }, () => bits.take(16).toString(16).padStart(4, "0")).join("");
}

/** Bytes that a block of this level takes at most: a code of 20 bits for each of its own, and the tables. */
function largestBlock(level: number): number {
  return level * blockUnit * 2.5 + 64 * 1024;
}

/** The input as bits, of which enough are at hand before they are read. */
class Source {
  readonly bits = new Bits();

  constructor(private readonly input: Input) {}

  /** Waits until so many bytes are at hand, or all that there are. */
  async have(size: number): Promise<void> {
    const chunks: Buffer[] = [];
    for (let missing = size - this.bits.available; missing > 0; ) {
      const chunk = await this.input.next();
      if (!chunk) break;
      chunks.push(chunk);
      missing -= chunk.length;
    }
    if (chunks.length > 0) this.bits.append(chunks);
  }

  async isAtEnd(): Promise<boolean> {
    await this.have(1);
    return this.bits.available === 0;
  }
}
