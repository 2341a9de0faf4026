import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";

export interface Start {
  /** From the start of the process to its first line. */
  milliseconds: number;
  /** Most memory that the process had resident until then, in MiB. */
  peak: number;
}

/** Starts a program, waits for its first line, and ends it. */
export async function start(command: string, args: readonly string[] = []): Promise<Start> {
  const begin = performance.now();
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const wrote = await Promise.race([once(child.stdout, "data"), ended.then(() => undefined)]);
  if (wrote === undefined) throw new Error(`${command} ended before its first line`);
  const milliseconds = performance.now() - begin;
  const peak = peakOf(child.pid ?? 0);
  child.kill("SIGTERM");
  await ended;
  return { milliseconds, peak };
}

function peakOf(pid: number): number {
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kibibytes) / 1024;
}
