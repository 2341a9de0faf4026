import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { untilEnded } from "../../tools/plugin/ended";

const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

/** A shell's child that nobody reaps: the shell has become `sleep`. */
async function startUnreaped(command: string): Promise<number> {
  const child = spawn("sh", ["-c", `${command} & echo $!; exec sleep 60`], { stdio: ["ignore", "pipe", "ignore"] });
  started.push(child);
  const [line] = await once(child.stdout, "data");
  return Number(line);
}

test("a process that its parent does not reap has ended", async () => {
  const pid = await startUnreaped("true");
  await untilEnded(pid);
  expect(process.kill(pid, 0)).toBe(true);
});

test("one that goes on is told after the time given", async () => {
  const pid = await startUnreaped("sleep 60");
  await expect(untilEnded(pid, 0.1)).rejects.toThrow(`process ${pid} has not ended within 0.1 s`);
  process.kill(pid, "SIGKILL");
  await untilEnded(pid);
});
