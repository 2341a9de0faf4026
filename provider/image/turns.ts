import { GlanceError } from "../http/errors";

/** Lets so many transfers run at a time; the others wait, first come first served. */
export class Turns {
  private free: number;
  private readonly waiting = new Set<() => void>();

  /** @param most - At least 1. */
  constructor(most: number) {
    this.free = most;
  }

  /**
   * Does the work when its turn has come. Rejects with ABORTED when the signal aborts before that.
   *
   * @param waits - Told once if the work cannot begin at once.
   */
  async take<T>(work: () => Promise<T>, signal?: AbortSignal, waits: () => void = () => {}): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else {
      waits();
      await this.turn(signal);
    }
    try {
      return await work();
    } finally {
      this.pass();
    }
  }

  private turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.waiting.delete(begin);
        reject(new GlanceError({ code: "ABORTED", message: "the operation was cancelled", notSent: true }));
      };
      const begin = () => {
        signal?.removeEventListener("abort", leave);
        resolve();
      };
      if (signal?.aborted) return leave();
      signal?.addEventListener("abort", leave, { once: true });
      this.waiting.add(begin);
    });
  }

  /** The next in line takes the place over, so that nobody who comes later can slip in. */
  private pass(): void {
    const [next] = this.waiting;
    if (!next) {
      this.free += 1;
      return;
    }
    this.waiting.delete(next);
    next();
  }
}
