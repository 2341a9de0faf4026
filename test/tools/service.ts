import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, type WriteStream } from "node:fs";
import { readFile } from "node:fs/promises";

export interface ServiceOptions {
  command: string;
  args: readonly string[];
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  user?: { uid: number; gid: number } | undefined;
  /** Receives standard output and standard error. */
  log: string;
  /** The signal that asks for a quick end. */
  stopSignal: NodeJS.Signals;
}

/** A process that runs until it is stopped, in a process group of its own. */
export class Service {
  private readonly child: ChildProcess;
  private readonly ended: Promise<void>;
  private readonly log: WriteStream;

  constructor(private readonly options: ServiceOptions) {
    const { command, args, cwd, env, user } = options;
    this.child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"], ...user });
    this.log = createWriteStream(options.log);
    this.child.stdout?.pipe(this.log, { end: false });
    this.child.stderr?.pipe(this.log, { end: false });
    this.ended = new Promise((resolve) => {
      this.child.once("error", (error) => this.log.write(`${error.message}\n`, () => resolve()));
      this.child.once("close", () => resolve());
    });
  }

  get isRunning(): boolean {
    return this.child.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Waits until `isReady` says so. Rejects with the end of the log when the process ends first or `timeout` seconds are over. */
  async ready(isReady: () => Promise<boolean>, timeout = 60): Promise<void> {
    const deadline = Date.now() + timeout * 1000;
    while (!(await isReady())) {
      if (!this.isRunning || Date.now() > deadline) {
        await this.stop();
        const log = await readFile(this.options.log, "utf8");
        throw new Error(`${this.options.command} did not start:\n${log.slice(-4000)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Asks for the end, insists after 5 s, and returns when the process is gone. */
  async stop(): Promise<void> {
    const insist = setTimeout(() => this.signalGroup("SIGKILL"), 5000);
    if (this.isRunning) this.child.kill(this.options.stopSignal);
    await this.ended;
    clearTimeout(insist);
    this.log.end();
  }

  private signalGroup(signal: NodeJS.Signals): void {
    try {
      if (this.child.pid !== undefined) process.kill(-this.child.pid, signal);
    } catch {
      // The group is gone already.
    }
  }
}
