import { damaged } from "../faults";
import type { Bits } from "./bits";

const longest = 20;

/** A canonical prefix code: shorter codes first, and among those of one length in the order of their symbols. */
export class Huffman {
  private readonly shortest: number;
  /** For each length: the first code, as the leading ones of 20 bits, that is longer. */
  private readonly limits = new Int32Array(longest + 1);
  /** For each length: what leads from a code to the place of its symbol. */
  private readonly offsets = new Int32Array(longest + 1);
  private readonly symbols: Uint16Array;

  constructor(lengths: Uint8Array) {
    const order = Array.from(lengths.keys()).sort((a, b) => (lengths[a] as number) - (lengths[b] as number));
    this.symbols = Uint16Array.from(order);
    this.shortest = lengths[order[0] as number] as number;
    let code = 0;
    let place = 0;
    for (let length = this.shortest; length <= longest; length++) {
      const count = lengths.reduce((sum, one) => sum + (one === length ? 1 : 0), 0);
      this.offsets[length] = place - code;
      code += count;
      place += count;
      this.limits[length] = code << (longest - length);
      code <<= 1;
    }
  }

  next(bits: Bits): number {
    const ahead = bits.peek(longest);
    let length = this.shortest;
    while (ahead >= (this.limits[length] as number)) {
      if (++length > longest) throw damaged("bzip2");
    }
    bits.skip(length);
    const place = (ahead >>> (longest - length)) + (this.offsets[length] as number);
    if (place >= this.symbols.length) throw damaged("bzip2");
    return this.symbols[place] as number;
  }
}

/** The lengths of a code, each told as steps from the one before. */
export function readHuffman(bits: Bits, symbols: number): Huffman {
  const lengths = new Uint8Array(symbols);
  let length = bits.take(5);
  for (let symbol = 0; symbol < symbols; symbol++) {
    for (;;) {
      if (length < 1 || length > longest) throw damaged("bzip2");
      if (!bits.isSet()) break;
      length += bits.isSet() ? -1 : 1;
    }
    lengths[symbol] = length;
  }
  return new Huffman(lengths);
}
