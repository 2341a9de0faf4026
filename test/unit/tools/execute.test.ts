import { execute, mustExecute } from "../../tools/execute";

const node = (script: string, options = {}) => execute(process.execPath, ["-e", script], options);

describe("execute", () => {
  it("returns exit code and both outputs", async () => {
    const done = await node("console.log('out'); console.error('err'); process.exitCode = 3");
    expect(done).toEqual({ code: 3, stdout: "out\n", stderr: "err\n" });
  });

  it("gives the input to the command", async () => {
    expect(await mustExecute("cat", [], { input: "text" })).toBe("text");
  });

  it("ends a command that hangs, together with its children", async () => {
    const child =
      "require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })";
    await expect(node(child, { timeout: 0.3 })).rejects.toThrow("SIGKILL within 0.3 s");
  });

  it("tells what a failed command said", async () => {
    await expect(mustExecute("sh", ["-c", "echo reason >&2; exit 2"])).rejects.toThrow(/ended with code 2:\nreason/);
  });

  it("rejects when there is no such command", async () => {
    await expect(execute("no-such-command", [])).rejects.toThrow("ENOENT");
  });
});
