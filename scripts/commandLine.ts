import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Program and arguments of a process; undefined when there is no such process. Throws where neither /proc nor `ps` can tell.
 *
 * @param system - Where processes are looked up. Default: this machine.
 */
export function commandLine(
  pid: number,
  { proc = "/proc", env = process.env }: { proc?: string; env?: NodeJS.ProcessEnv } = {},
): string | undefined {
  if (existsSync(join(proc, "self", "cmdline"))) return fromProc(join(proc, String(pid), "cmdline"));
  // -ww: a narrow terminal must not shorten the line.
  const { status, stdout, stderr } = spawnSync("ps", ["-ww", "-o", "args=", "-p", String(pid)], {
    encoding: "utf8",
    env,
  });
  if (status === 0) return stdout.trim();
  if (status === 1 && stderr === "") return undefined;
  throw new Error(`nothing here tells what process ${pid} is: there is no /proc, and ps does not work`);
}

function fromProc(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").replaceAll("\0", " ").trim();
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}
