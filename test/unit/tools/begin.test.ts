import { once } from "node:events";
import { begin } from "../../tools/begin";
import { untilEnded } from "../../tools/plugin/ended";

const sh = (script: string, options = {}) => begin("sh", ["-c", script], options);

describe("begin", () => {
  it("tells all that the command printed, however much", async () => {
    const runs = Array.from({ length: 20 }, () => sh("head -c 300000 /dev/zero | tr '\\0' x; echo err >&2").ended);
    const lengths = (await Promise.all(runs)).map(({ length }) => length);
    expect(lengths).toEqual(runs.map(() => 300_004));
  });

  it("tells it also where the command was killed", async () => {
    const { process: child, ended } = sh("echo begun; exec sleep 60");
    if (child.stdout) await once(child.stdout, "data");
    child.kill("SIGKILL");
    expect(await ended).toBe("begun\n");
  });

  it("does not wait for what the command left behind", async () => {
    const output = await sh("sleep 60 & echo $!", { patience: 2 }).ended;
    expect(output).toMatch(/^[1-9]\d*\n$/);
    process.kill(Number(output), "SIGKILL");
  });

  it("ends a command that hangs, together with its children, and says so", async () => {
    const { ended } = sh("sleep 60 & echo $!; wait", { limit: 2 });
    const said = String(await ended.catch((error) => error));
    expect(said).toMatch(/^Error: sh -c .* had not ended after 2 s and was killed:\n\d+\n$/);
    await untilEnded(Number(said.trim().split("\n").at(-1)));
  });

  it("rejects when there is no such command", async () => {
    await expect(begin("no-such-command", []).ended).rejects.toThrow("ENOENT");
  });
});
