import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { killAll } from "./plugin/killAll";

export interface BeginOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Seconds after which it is killed, together with its process group. Default 300. */
  limit?: number;
  /** Seconds that others who hold its output may take once it has ended. Default 5. */
  patience?: number;
}

/** A command that goes on. */
export interface Begun {
  process: ChildProcess;
  /** Everything that it printed, however it ended. Rejects where it cannot start or has not ended within the limit. */
  ended: Promise<string>;
}

/** Begins a command that somebody will interrupt, in a process group of its own. */
export function begin(command: string, args: readonly string[], options: BeginOptions = {}): Begun {
  const { cwd, env, limit = 300, patience = 5 } = options;
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
  }
  let isLate = false;
  const watchdog = setTimeout(() => {
    isLate = true;
    if (child.pid) killAll([-child.pid]);
  }, limit * 1000);
  for (const end of ["exit", "error"]) child.once(end, () => clearTimeout(watchdog));
  const ended = untilSaid(child, patience).then(() => {
    if (!isLate) return output;
    throw new Error(`${command} ${args.join(" ")} had not ended after ${limit} s and was killed:\n${output}`);
  });
  // Whoever fails before he waits for it has an error of his own.
  ended.catch(() => {});
  return { process: child, ended };
}

/** What a command prints last is often read after its end; what it left behind may hold its output for ever. */
async function untilSaid(child: ChildProcess, patience: number): Promise<void> {
  const closed = once(child, "close");
  const enough = new AbortController();
  const orphaned = once(child, "exit").then(() => sleep(patience * 1000, undefined, { signal: enough.signal }));
  await Promise.race([closed, orphaned]);
  enough.abort();
  for (const stream of [child.stdout, child.stderr]) stream?.destroy();
  await Promise.allSettled([closed, orphaned]);
}
