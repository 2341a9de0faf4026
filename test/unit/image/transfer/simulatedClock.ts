import type { Clock } from "../../../../provider/image/transfer/bandwidth";
import { settled } from "./streams";

/** Time that passes only when it is told to, in milliseconds from 0. */
export class SimulatedClock implements Clock {
  private time = 0;
  private readonly calls: { at: number; call: () => void }[] = [];

  now(): number {
    return this.time;
  }

  after(milliseconds: number, call: () => void): void {
    this.calls.push({ at: this.time + Math.max(0, milliseconds), call });
  }

  /** Calls back every so often, for ever. */
  every(milliseconds: number, call: () => void): void {
    this.after(milliseconds, () => {
      call();
      this.every(milliseconds, call);
    });
  }

  /** Lets so much time pass; between any two calls, streams do what they can do without waiting. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    await settled();
    for (let next = this.takeNext(end); next; next = this.takeNext(end)) {
      this.time = next.at;
      next.call();
      await settled();
    }
    this.time = end;
  }

  private takeNext(end: number) {
    const first = this.calls.reduce((index, { at }, other) => (at < (this.calls[index]?.at ?? at) ? other : index), 0);
    if ((this.calls[first]?.at ?? Number.POSITIVE_INFINITY) > end) return undefined;
    return this.calls.splice(first, 1)[0];
  }
}
