import type { Readable } from "node:stream";
import { LimitedStream, type Line } from "./limited";

/** What the limit needs to know of time. */
export interface Clock {
  /** In milliseconds, from any beginning. */
  now(): number;
  /** Calls back when so many milliseconds are over, or in the next turn of the event loop where they are not above 0. */
  after(milliseconds: number, call: () => void): void;
}

const systemClock: Clock = {
  now: () => performance.now(),
  after: (milliseconds, call) => void (milliseconds > 0 ? setTimeout(call, milliseconds) : setImmediate(call)),
};

/** What may be made up for after a pause or a late timer. In milliseconds. */
const slack = 125;
/** How many parts a second of bytes is cut into. */
const partsPerSecond = 64;

/**
 * A limit on what several streams move together.
 *
 * Who has moved least is next, and who comes back from a pause starts level with the others: those that have something
 * to send share the limit evenly, and what a slow one leaves goes to the rest. No more than 1/4 second's worth of bytes
 * ever passes at once.
 */
export class Bandwidth implements Line {
  /** What each has moved, as if all had begun together; kept while they live. */
  private readonly moved = new WeakMap<LimitedStream, number>();
  private readonly waiting = new Set<LimitedStream>();
  /** What the one whose turn was last had moved before. */
  private level = 0;
  /** When the bytes that have passed are paid for. */
  private free = Number.NEGATIVE_INFINITY;
  private timed = false;
  private readonly part: number;

  /** @param bytesPerSecond - Above 0. */
  constructor(
    private readonly bytesPerSecond: number,
    private readonly clock = systemClock,
  ) {
    this.part = Math.ceil(bytesPerSecond / partsPerSecond);
  }

  /** The same bytes, at most so fast. Errors and `destroy` pass both ways as they are. */
  limited(stream: Readable): Readable {
    return new LimitedStream(stream, this);
  }

  wait(stream: LimitedStream): void {
    this.moved.set(stream, Math.max(this.movedBy(stream), this.level));
    this.waiting.add(stream);
    this.proceed();
  }

  private proceed(): void {
    if (this.timed || this.waiting.size === 0) return;
    this.timed = true;
    this.clock.after(this.free - this.clock.now(), () => {
      this.timed = false;
      if (this.clock.now() >= this.free) this.serve();
      this.proceed();
    });
  }

  /** One part only: whoever was served has until the next turn of the event loop to come back with more. */
  private serve(): void {
    const next = this.next();
    if (!next) return;
    this.waiting.delete(next);
    this.level = this.movedBy(next);
    const bytes = next.move(this.part);
    this.moved.set(next, this.movedBy(next) + bytes);
    this.free = Math.max(this.free, this.clock.now() - slack) + (bytes / this.bytesPerSecond) * 1000;
  }

  private next(): LimitedStream | undefined {
    let least: LimitedStream | undefined;
    for (const stream of this.waiting) {
      if (!least || this.movedBy(stream) < this.movedBy(least)) least = stream;
    }
    return least;
  }

  private movedBy(stream: LimitedStream): number {
    return this.moved.get(stream) ?? 0;
  }
}
