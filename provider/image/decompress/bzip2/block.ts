import { damaged, refused } from "../faults";
import type { Bits } from "./bits";
import { type Huffman, readHuffman } from "./huffman";

/** Symbols that are coded with the same table before another is chosen. */
const groupSize = 50;

/** A block after the sorting of its bytes was undone, but with its runs still packed. */
export interface Block {
  /** In each entry a byte, in its lowest 8 bits, and the place of the entry that follows. */
  links: Uint32Array;
  /** Place of the entry that links to the first byte. */
  start: number;
  length: number;
}

/** Reads a block behind its magic and its checksum into `links`, which bounds it. */
export function readBlock(bits: Bits, links: Uint32Array): Block {
  if (bits.isSet()) throw refused("bzip2", "is of a version before 0.9.5");
  const origin = bits.take(24);
  const alphabet = readAlphabet(bits);
  const symbols = readSymbols(bits, alphabet.length + 2);
  const counts = new Uint32Array(256);
  const length = unrank(symbols, alphabet, links, counts);
  if (origin >= length) throw damaged("bzip2");
  link(links, length, counts);
  return { links, start: origin, length };
}

/** The bytes that occur, in their order. */
function readAlphabet(bits: Bits): Uint8Array {
  const ranges = bits.take(16);
  const bytes: number[] = [];
  for (let range = 0; range < 16; range++) {
    if (!(ranges & (0x8000 >> range))) continue;
    const used = bits.take(16);
    for (let low = 0; low < 16; low++) if (used & (0x8000 >> low)) bytes.push(range * 16 + low);
  }
  if (bytes.length === 0) throw damaged("bzip2");
  return Uint8Array.from(bytes);
}

/** Gives the symbols of a block, one by one. */
function readSymbols(bits: Bits, symbols: number): () => number {
  const tableCount = bits.take(3);
  const selectors = new Uint8Array(bits.take(15));
  if (tableCount < 2 || tableCount > 6 || selectors.length === 0) throw damaged("bzip2");
  const recent = Uint8Array.from({ length: tableCount }, (_, index) => index);
  for (let index = 0; index < selectors.length; index++) {
    let rank = 0;
    while (bits.isSet()) if (++rank >= tableCount) throw damaged("bzip2");
    selectors[index] = toFront(recent, rank);
  }
  const tables = Array.from({ length: tableCount }, () => readHuffman(bits, symbols));
  let group = 0;
  let left = 0;
  let table: Huffman | undefined;
  return () => {
    if (left-- === 0) {
      table = tables[selectors[group++] ?? tableCount];
      left = groupSize - 1;
    }
    if (!table) throw damaged("bzip2");
    return table.next(bits);
  };
}

/** Undoes move-to-front and the coding of runs that follows it. Returns how many bytes there are, and counts each. */
function unrank(next: () => number, alphabet: Uint8Array, bytes: Uint32Array, counts: Uint32Array): number {
  const recent = alphabet.slice();
  const end = alphabet.length + 1;
  let length = 0;
  let run = 0;
  let weight = 1;
  for (;;) {
    const symbol = next();
    if (symbol <= 1) {
      // Digits of a number in base two, of the values one and two, the lowest first.
      run += weight << symbol;
      weight <<= 1;
      if (run > bytes.length) throw damaged("bzip2");
      continue;
    }
    if (run > 0) {
      if (length + run > bytes.length) throw damaged("bzip2");
      const byte = recent[0] as number;
      bytes.fill(byte, length, length + run);
      counts[byte] = (counts[byte] as number) + run;
      length += run;
      run = 0;
      weight = 1;
    }
    if (symbol === end) return length;
    if (length >= bytes.length) throw damaged("bzip2");
    const byte = toFront(recent, symbol - 1);
    counts[byte] = (counts[byte] as number) + 1;
    bytes[length++] = byte;
  }
}

function toFront(recent: Uint8Array, rank: number): number {
  const value = recent[rank] as number;
  for (let place = rank; place > 0; place--) recent[place] = recent[place - 1] as number;
  recent[0] = value;
  return value;
}

/** Undoes the Burrows-Wheeler transform: adds to each byte where its successor is. */
function link(links: Uint32Array, length: number, counts: Uint32Array): void {
  const places = new Uint32Array(256);
  for (let byte = 1; byte < 256; byte++) places[byte] = (places[byte - 1] as number) + (counts[byte - 1] as number);
  for (let index = 0; index < length; index++) {
    const byte = (links[index] as number) & 0xff;
    const place = places[byte] as number;
    places[byte] = place + 1;
    links[place] = (links[place] as number) | (index << 8);
  }
}
