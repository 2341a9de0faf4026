import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

/** Waits until a process that is not ours to wait for has ended. `seconds`: when to give up, with an error. Linux only (proc(5)). */
export async function untilEnded(pid: number, seconds = 60): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (await isRunning(pid)) {
    if (performance.now() > end) throw new Error(`process ${pid} has not ended within ${seconds} s`);
    await sleep(20);
  }
}

/** A zombie has ended: the first process of a container may never reap it, and signals still find it. */
async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  const state = stat.slice(stat.lastIndexOf(")") + 2).charAt(0);
  return stat !== "" && state !== "Z" && state !== "X";
}
