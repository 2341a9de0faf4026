import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { untilEnded } from "../../tools/plugin/ended";

const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

/** A child that nobody reaps: its parent tells its id when it has become another program, and then is `sleep`. */
async function startUnreaped(): Promise<number> {
  const script = `sleep 60 & exec sh -c 'echo $0; exec sleep 60' $!`;
  const child = spawn("sh", ["-c", script], { stdio: ["ignore", "pipe", "ignore"] });
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
