import { XzReadableStream } from "xz-decompress";
import { cutOff, damaged, followed, refused } from "./faults";
import type { Input } from "./input";
import { largestDictionary } from "./limits";

/** XZ Embedded as WebAssembly, as the library exports it (src/native/xz-decompress.c). */
interface Decoder {
  memory: { buffer: ArrayBuffer };
  create_context(): number;
  destroy_context(context: number): void;
  /** Of nothing: the input is over. */
  supply_input(context: number, size: number): void;
  get_next_output(context: number): number;
}

/**
 * The library's own stream lets only one in the whole process live at a time, so that two transfers which wait for each other wait for
 * ever, and forgets about it when one is destroyed before it began. What is inside of it has neither fault.
 */
interface Library {
  _getModuleInstance(): Promise<void>;
  _moduleInstance: { exports: Decoder };
}

/** Places in a context, in words of 32 bits. */
const bufferSize = 0;
const inputStart = 1;
const inputPosition = 2;
const inputSize = 3;
const outputStart = 4;
const outputPosition = 5;

/** As in XZ Embedded (linux/include/linux/xz.h, enum xz_ret). */
const ok = 0;
const streamEnd = 1;
const faults: Record<number, () => Error> = {
  3: () => refused("xz", "needs more memory than there is"),
  4: () => refused("xz", `needs a dictionary of more than ${largestDictionary} MiB`),
  5: () => followed("xz"),
  6: () => refused("xz", "uses a filter or a checksum other than LZMA2, CRC32 and CRC64"),
  8: () => cutOff("xz"),
};

/** "The .xz File Format": one stream or several, with any number of blocks, and stream padding. */
export async function* unxz(input: Input): AsyncGenerator<Buffer> {
  const decoder = await newDecoder();
  const context = decoder.create_context();
  try {
    for (let chunk = await input.next(); chunk; chunk = await input.next()) yield* unpacked(decoder, context, chunk);
    yield* ending(decoder, context);
  } finally {
    decoder.destroy_context(context);
  }
}

/** A new one with a memory of its own, which goes with it. Two that are asked for in the same moment may be one: no harm is in that. */
async function newDecoder(): Promise<Decoder> {
  const library = XzReadableStream as unknown as Library;
  await library._getModuleInstance();
  return library._moduleInstance.exports;
}

function* unpacked(decoder: Decoder, context: number, chunk: Buffer): Generator<Buffer> {
  const most = stateOf(decoder, context).at(bufferSize) as number;
  for (let start = 0; start < chunk.length; start += most) {
    const piece = chunk.subarray(start, start + most);
    const to = stateOf(decoder, context).at(inputStart);
    new Uint8Array(decoder.memory.buffer).set(piece, to);
    decoder.supply_input(context, piece.length);
    let full: boolean;
    do {
      const { output } = step(decoder, context);
      full = output.length === most;
      if (output.length > 0) yield output;
    } while (full || !isTaken(decoder, context));
  }
}

function* ending(decoder: Decoder, context: number): Generator<Buffer> {
  decoder.supply_input(context, 0);
  for (let over = false; !over; ) {
    const { output, result } = step(decoder, context);
    if (output.length > 0) yield output;
    over = result === streamEnd;
  }
}

function step(decoder: Decoder, context: number): { output: Buffer; result: number } {
  const result = decoder.get_next_output(context);
  if (result !== ok && result !== streamEnd) throw (faults[result] ?? (() => damaged("xz")))();
  const state = stateOf(decoder, context);
  const start = state[outputStart] as number;
  const output = Buffer.from(new Uint8Array(decoder.memory.buffer, start, state[outputPosition]));
  state[outputPosition] = 0;
  return { output, result };
}

function isTaken(decoder: Decoder, context: number): boolean {
  const state = stateOf(decoder, context);
  return state[inputPosition] === state[inputSize];
}

/** To be asked for after every call: the memory is another one once it has grown. */
function stateOf({ memory }: Decoder, context: number): Uint32Array {
  return new Uint32Array(memory.buffer, context, outputPosition + 1);
}
