import { GlanceError } from "../../http/errors";
import { decompress } from "../decompress";
import type { Delivery } from "../delivery";
import { beginning, inspect } from "../inspect";
import { type Declared, faultOf, faultOfPlain, isJudged } from "../inspect/fault";
import type { Compression, Found, Sample } from "../inspect/found";
import { compareDigests, mismatchText } from "../integrity/compare";
import type { Digest, HashAlgorithm } from "../integrity/digest";
import type { OpenSource, SourceStream } from "../sourceStream";
import { Hashing } from "./hashing";
import { peek, streamOf } from "./peek";

/** What goes into an image: a source's bytes, decompressed where that is asked for. */
export interface Content extends SourceStream {
  /** Hashes of what was read so far; of everything once the stream has ended. */
  digests(): Digest[];
}

/** What must hold of the content, and how messages call its source. */
export interface Demand extends Pick<Delivery, "decompress" | "expected"> {
  name: string;
  /** Undefined where the image's formats are not known: then any content is right. */
  formats: Declared | undefined;
  /** The kinds of hashes to take of the content. Default: none. */
  hashes?: readonly HashAlgorithm[];
}

/** Bytes that are read ahead to see what a source is. */
const reach = 64 * 1024;

/**
 * The content of an open source. Rejects with SOURCE before its first byte where that shows a wrong format; the stream fails with
 * SOURCE before its last bytes are given on where the source was empty, has changed, or is not what its hashes say.
 */
export async function contentOf(source: OpenSource, demand: Demand): Promise<Content> {
  try {
    return await opened(source, demand);
  } catch (error) {
    source.stream.destroy();
    throw error;
  }
}

async function opened(source: OpenSource, demand: Demand): Promise<Content> {
  const { hashes = [] } = demand;
  const expected = stillToBeSeen(source, demand);
  const { head, stream } = await peek(source.stream, reach);
  const compression = compressionOf(head, source.length, demand);
  const published = new Hashing(compression ? algorithmsOf(expected) : [...algorithmsOf(expected), ...hashes]);
  const confirmed = async () => {
    await source.confirm();
    const mismatch = compareDigests(expected, published.digests());
    if (mismatch !== undefined && mismatch !== "same") throw corrupt(demand, mismatchText(mismatch));
  };
  if (!compression) {
    refuseMisdeclared(beginning(head, source.length), demand);
    const bytes = heldBack(seenBy(stream, published), demand, confirmed);
    return { stream: streamOf(bytes, stream), length: source.length, digests: () => published.digests() };
  }
  const packed = streamOf(seenBy(stream, published), stream);
  const inner = await peek(decompress(packed, compression, source.length), reach);
  refuseMisdeclared(beginning(inner.head), demand);
  const unpacked = new Hashing(hashes);
  const bytes = heldBack(seenBy(inner.stream, unpacked), demand, confirmed);
  return { stream: streamOf(bytes, inner.stream), length: undefined, digests: () => unpacked.digests() };
}

/** How the source is to be decompressed. Throws SOURCE where it is compressed in another way than declared. */
export function compressionOf(
  head: Buffer,
  size: number | undefined,
  demand: Omit<Demand, "expected">,
): Compression | undefined {
  const { decompress: declared, name, formats } = demand;
  if (declared === "none") return undefined;
  const found = inspect(beginning(head, size));
  const compression = found && isCompressed(found) ? (found.format as Compression) : undefined;
  if (declared === "auto") return formats && isJudged(formats) ? compression : undefined;
  if (compression === declared) return compression;
  const what = found ? `it is ${found.format}` : "it is not compressed";
  throw new GlanceError({
    code: "SOURCE",
    message: `${name} cannot be decompressed as ${declared}: ${what}`,
    hint: "Leave decompress out: the first bytes tell what is to be done",
  });
}

function isCompressed({ fits }: Found): boolean {
  return fits.length === 0;
}

/** The hashes to be taken on the way: those of a source that is known need not be. */
function stillToBeSeen({ known, expected }: OpenSource, demand: Demand): Digest[] {
  const wanted = [...demand.expected, ...expected];
  const mismatch = compareDigests(wanted, known);
  if (mismatch !== undefined && mismatch !== "same") throw corrupt(demand, mismatchText(mismatch));
  return wanted.filter(({ algorithm }) => !known.some((one) => one.algorithm === algorithm));
}

const algorithmsOf = (digests: readonly Digest[]) => digests.map(({ algorithm }) => algorithm);

/** Why a source with this beginning cannot be an image of these formats; undefined where nothing speaks against it. */
export function misdeclared(
  sample: Sample,
  { decompress, name, formats }: Omit<Demand, "expected">,
): string | undefined {
  if (!formats) return undefined;
  const found = inspect(sample);
  if (!found) return faultOfPlain(sample, name, formats);
  // Whoever says so has an image service that decompresses, or wants it like that.
  if (isCompressed(found) && decompress === "none") return undefined;
  return faultOf(found, name, formats);
}

function refuseMisdeclared(sample: Sample, demand: Demand): void {
  const fault = misdeclared(sample, demand);
  if (fault !== undefined) throw new GlanceError({ code: "SOURCE", message: fault });
}

async function* seenBy(bytes: AsyncIterable<Buffer>, hashing: Hashing): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    hashing.update(chunk);
    yield chunk;
  }
}

/** The image service takes an image for complete when its last byte is there: that one is kept until everything is confirmed. */
async function* heldBack(
  bytes: AsyncIterable<Buffer>,
  { name }: Demand,
  confirmed: () => Promise<void>,
): AsyncGenerator<Buffer> {
  let held: Buffer | undefined;
  for await (const chunk of bytes) {
    if (held) yield held;
    held = chunk;
  }
  await confirmed();
  if (!held) throw new GlanceError({ code: "SOURCE", message: `${name} is empty` });
  yield held;
}

function corrupt({ name }: Demand, what: string): GlanceError {
  return new GlanceError({
    code: "INTEGRITY",
    message: `${name} is not what was published: it has ${what}`,
    hint: "The source is damaged or has changed: compare sourceHash or checksumsUrl with what its publisher says today",
  });
}
