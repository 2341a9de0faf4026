import { join } from "node:path";
import { repositoryRoot } from "../../../../scripts/tools";
import { inModule } from "./inModule";

const shell = join(repositoryRoot, "scripts", "setup", "shell.mjs");

describe("a command of set-up", () => {
  it("that takes too long ends with all of its children", async () => {
    const script =
      'console.log(JSON.stringify(await attempt("sh", ["-c", "sleep 60 & sleep 60"], { minutes: 0.005 })))';
    expect(JSON.parse(await inModule(shell, "attempt", script))).toEqual({ code: null, output: "" });
  });

  it.each(["INT", "TERM"])(
    "ends with its children when set-up gets a SIG%s",
    async (signal) => {
      const command = `kill -${signal} $PPID; sleep 60 & sleep 60`;
      const script = `await run("sh", ["-c", "${command}"]).catch(({ message }) => console.log(message))`;
      expect(await inModule(shell, "run", script)).toBe(`stopped by SIG${signal}\n`);
    },
    30_000,
  );

  it("that ignores the first Ctrl-C is cut off by the second", async () => {
    const command = "trap '' INT; kill -INT $PPID; sleep 0.2; kill -INT $PPID; sleep 60";
    const script = `await run("sh", ["-c", "${command}"]).catch(({ message }) => console.log(message))`;
    expect(await inModule(shell, "run", script)).toBe("stopped by SIGINT\n");
  });

  it("has a home even where the caller has none", async () => {
    const script = `console.log(await run("sh", ["-c", 'echo "$HOME"']))`;
    expect(await inModule(shell, "run", script, { HOME: "" })).toBe(`${join(repositoryRoot, ".cache")}\n`);
    expect(await inModule(shell, "run", script, { HOME: "/somewhere" })).toBe("/somewhere\n");
  });
});
