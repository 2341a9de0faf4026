import { setMaxListeners } from "node:events";
import { matcherOf } from "./match";
import type { FaultRule, InjectedFault, SeenRequest } from "./rules";

/** A rule that counts requests, and what it holds at the moment. */
export class ArmedRule implements InjectedFault {
  private readonly matches: (method: string, path: string) => boolean;
  readonly reached: Promise<SeenRequest>;
  private hold = new AbortController();
  private reach: (seen: SeenRequest) => void = () => {};
  private matched = 0;
  private strikes = 0;

  constructor(readonly rule: FaultRule) {
    this.matches = matcherOf(rule);
    this.reached = new Promise((resolve) => {
      this.reach = resolve;
    });
  }

  get struck(): number {
    return this.strikes;
  }

  /** Counts a request if it matches; whether it is one of those that suffer. */
  claims(method: string, path: string): boolean {
    if (!this.matches(method, path)) return false;
    const { nth = 1, times = 1 } = this.rule;
    this.matched += 1;
    return this.matched >= nth && this.matched < nth + times;
  }

  /** Notes that the fault now strikes this request. The signal tells when it is to be let go. */
  strike(seen: SeenRequest): AbortSignal {
    this.strikes += 1;
    this.reach(seen);
    const { signal } = this.hold;
    setMaxListeners(0, signal);
    return signal;
  }

  release(): void {
    this.hold.abort();
    this.hold = new AbortController();
  }
}
