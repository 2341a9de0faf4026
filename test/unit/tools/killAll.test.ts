import { spawn } from "node:child_process";
import { once } from "node:events";
import { killAll } from "../../tools/plugin/killAll";

test("kills those that run, also where one has ended before", async () => {
  const gone = spawn("true");
  await once(gone, "exit");
  const running = spawn("sleep", ["60"]);
  const ended = once(running, "exit");
  killAll([gone.pid, running.pid].map(Number));
  expect(await ended).toEqual([null, "SIGKILL"]);
});
