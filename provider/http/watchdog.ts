import { GlanceError } from "./errors";

/** Aborts a transfer that moves no byte for too long. One timer, however many bytes pass. */
export class Watchdog {
  private readonly controller = new AbortController();
  private last = performance.now();
  private timer: NodeJS.Timeout | undefined;

  /** @param limit - Seconds without a byte. */
  constructor(private limit: number) {
    this.arm(limit * 1000);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** A byte moved. */
  beat(): void {
    this.last = performance.now();
  }

  /** The other side's turn: from now on it may be silent for `limit` seconds. */
  expect(limit: number): void {
    this.limit = limit;
    this.beat();
    this.arm(limit * 1000);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  /** Passes a stream's chunks on, and sees each of them. */
  async *watch(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      this.beat();
      yield chunk;
    }
  }

  private arm(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), milliseconds).unref();
  }

  private look(): void {
    const left = this.last + this.limit * 1000 - performance.now();
    if (left > 0) {
      this.arm(left);
      return;
    }
    const message = `the transfer moved no byte for ${this.limit} s`;
    this.controller.abort(new GlanceError({ code: "STALLED", message }));
  }
}
