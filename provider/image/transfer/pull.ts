import { finished, type Readable } from "node:stream";

/** Who takes the bytes of a stream. */
export interface Taker {
  chunk(chunk: Buffer): void;
  end(): void;
  /** The stream broke, or was closed before its end where there is no error. */
  broken(error: Error | undefined): void;
}

/** Takes a stream chunk by chunk, none before it was asked for, so that nothing piles up behind a slow reader. */
export class Pull {
  private asked = false;
  private ended = false;

  constructor(
    private readonly stream: Readable,
    private readonly taker: Taker,
  ) {
    // Or it would begin to flow with the listener.
    stream.pause();
    stream.on("data", (chunk: Buffer) => {
      stream.pause();
      this.asked = false;
      taker.chunk(chunk);
    });
    finished(stream, { writable: false }, () => {
      this.ended = stream.readableEnded && !stream.errored;
      if (!this.ended) taker.broken(stream.errored ?? undefined);
      // A stream may end while its last chunk is still on its way to the reader.
      else if (this.asked) taker.end();
    });
  }

  /** Answered by one call of the taker, at once or later. */
  next(): void {
    this.asked = true;
    if (this.ended) this.taker.end();
    else this.stream.resume();
  }

  /** Nothing more is wanted. */
  stop(error?: Error): void {
    this.stream.destroy(error);
  }
}
