import type { ChildProcess } from "node:child_process";
import { constants } from "node:os";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Thrown where work ends because the user asked for it. */
export class Interrupted extends Error {}

/** Ctrl-C and its like. The command that runs is told of each, so that it can end well; no other is started after the first. */
export class Interrupt {
  private readonly controller = new AbortController();
  private child: { process: ChildProcess; sharesTerminal: boolean } | undefined;
  /** As shells count: 128 and the number of the signal. */
  exitCode = 0;

  constructor(private readonly say: (text: string) => void) {
    for (const signal of signals) process.on(signal, () => this.receive(signal));
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  throwIfRequested(): void {
    if (this.signal.aborted) throw new Interrupted();
  }

  /** Tells `process` of signals until it ends; one that shares our terminal hears of Ctrl-C itself. */
  watch(process: ChildProcess, { sharesTerminal = false } = {}): void {
    this.child = { process, sharesTerminal };
    process.once("close", () => {
      this.child = undefined;
    });
  }

  private receive(signal: (typeof signals)[number]): void {
    const isFirst = !this.signal.aborted;
    this.exitCode = 128 + constants.signals[signal];
    this.controller.abort();
    if (!this.child || (this.child.sharesTerminal && signal === "SIGINT")) return;
    if (isFirst) this.say("Stopping when Pulumi has finished what it is doing. Ctrl-C again stops at once.");
    this.child.process.kill("SIGINT");
  }
}
