import { Readable } from "node:stream";
import { Pull } from "./pull";

/** Where streams wait for their turn. */
export interface Line {
  wait(stream: LimitedStream): void;
}

/** The bytes of another stream, each when the line lets it pass. */
export class LimitedStream extends Readable {
  private readonly source: Pull;
  private rest: Buffer | undefined;

  constructor(
    source: Readable,
    private readonly line: Line,
  ) {
    super();
    this.source = new Pull(source, {
      chunk: (chunk) => {
        this.rest = chunk;
        line.wait(this);
      },
      end: () => this.push(null),
      broken: (error) => this.destroy(error),
    });
  }

  /** Gives the next bytes on, at most so many, and tells how many: none where it was destroyed while it waited. */
  move(most: number): number {
    const { rest } = this;
    if (!rest) return 0;
    const part = rest.subarray(0, most);
    this.rest = rest.length > most ? rest.subarray(most) : undefined;
    this.push(part);
    return part.length;
  }

  override _read(): void {
    if (this.rest) this.line.wait(this);
    else this.source.next();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.rest = undefined;
    this.source.stop(error ?? undefined);
    done(error);
  }
}
