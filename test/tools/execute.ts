import { spawn } from "node:child_process";

export interface ExecuteOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** What the command reads from its standard input. Default: nothing. */
  input?: string;
  /** In seconds. Default 120. */
  timeout?: number;
  /** User and group to run as; the caller must be root. */
  user?: { uid: number; gid: number } | undefined;
}

export interface Executed {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a command to its end, whatever its exit code. Rejects when it cannot start, dies by a signal or takes longer than `timeout`. */
export function execute(command: string, args: readonly string[], options: ExecuteOptions = {}): Promise<Executed> {
  const seconds = options.timeout ?? 120;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: options.cwd, env: options.env, detached: true, ...options.user });
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text) => {
        output[name] += text;
      });
    }
    // The whole group: a command's own children would keep its pipes open.
    const watchdog = setTimeout(() => child.pid && process.kill(-child.pid, "SIGKILL"), seconds * 1000);
    child.on("error", (error) => {
      clearTimeout(watchdog);
      reject(error);
    });
    child.on("close", (code, signal) => {
      clearTimeout(watchdog);
      if (code !== null) resolve({ code, ...output });
      else
        reject(
          new Error(`${command} ${args.join(" ")}: ${signal} within ${seconds} s\n${output.stdout}${output.stderr}`),
        );
    });
    child.stdin.on("error", () => {});
    child.stdin.end(options.input);
  });
}

/** Runs a command that must end with code 0 and returns its standard output. */
export async function mustExecute(
  command: string,
  args: readonly string[],
  options: ExecuteOptions = {},
): Promise<string> {
  const { code, stdout, stderr } = await execute(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with code ${code}:\n${stdout}${stderr}`);
  return stdout;
}
