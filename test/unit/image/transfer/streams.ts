import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import type { SourceStream } from "../../../../provider/image/sourceStream";

/** The bytes in chunks of these sizes, over and over, as fast as they are read. */
export class Chunks extends Readable {
  given = 0;
  private turn = 0;

  constructor(
    private readonly bytes: Buffer,
    private readonly sizes: readonly number[],
  ) {
    super();
  }

  override _read(): void {
    const size = this.sizes[this.turn % this.sizes.length] ?? 1;
    this.turn += 1;
    const chunk = this.bytes.subarray(this.given, this.given + size);
    this.given += chunk.length;
    this.push(chunk.length > 0 ? chunk : null);
  }
}

/** A stream that gives what it is told to. */
export const quiet = () => new Readable({ read: () => {} });

export const noise = randomBytes(8 * 1024 * 1024);

/** What a test sees of a stream that is to fail: its error, or null where it is closed without one. */
export function fate(stream: Readable): Promise<Error | null> {
  return new Promise((resolve) => stream.on("error", () => {}).on("close", () => resolve(stream.errored)));
}

/** Until streams have done what they can do without waiting. */
export const settled = () => new Promise(setImmediate);

/** A source that can be opened again and again, and what became of each opening. */
export class Source {
  readonly streams: Readable[] = [];
  readonly signals: AbortSignal[] = [];

  constructor(private readonly make: () => Readable | Promise<Readable>) {}

  readonly open = async (signal: AbortSignal): Promise<SourceStream> => {
    this.signals.push(signal);
    const stream = await this.make();
    this.streams.push(stream);
    return { stream, length: 123 };
  };
}

export const sourceOf = (bytes: Buffer, ...sizes: number[]) => new Source(() => new Chunks(bytes, sizes));
