import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { untilEnded } from "../../tools/plugin/ended";

const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

const parent = `
import subprocess, time
print(subprocess.Popen(["sleep", "60"]).pid, flush=True)
time.sleep(60)
`;

/** A child that nobody reaps: a shell may do so at any moment, Python only when it is asked. */
async function startUnreaped(): Promise<number> {
  const child = spawn("python3", ["-c", parent], { stdio: ["ignore", "pipe", "ignore"] });
  started.push(child);
  const [line] = await once(child.stdout, "data");
  return Number(line);
}

test("a process that its parent does not reap has ended", async () => {
  const pid = await startUnreaped();
  process.kill(pid, "SIGKILL");
  await untilEnded(pid);
  expect(process.kill(pid, 0)).toBe(true);
});

test("one that goes on is told after the time given", async () => {
  const pid = await startUnreaped();
  await expect(untilEnded(pid, 0.1)).rejects.toThrow(`process ${pid} has not ended within 0.1 s`);
  process.kill(pid, "SIGKILL");
  await untilEnded(pid);
});
