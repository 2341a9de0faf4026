import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { repositoryRoot, withoutProxyOnLoopback } from "../../../scripts/tools";
import type { CloudName } from "./current";
import { stayFlag } from "./serve";
import type { CloudUnderTest } from "./types";

/** Clouds in a process of their own. */
export interface Daemon {
  clouds: CloudUnderTest[];
  stop(): Promise<void>;
}

/** The program of each cloud; one process runs all that have the same. */
const programs: Record<CloudName, string> = {
  local: "local",
  "glance-33": "real",
  "nova-34": "real",
  "glance-15": "real",
};

/** Starts clouds, each in the process of its program, that end with this process at the latest. */
export async function startDaemons(names: readonly CloudName[]): Promise<Daemon[]> {
  const groups = [...new Set(names.map((name) => programs[name]))];
  return Promise.all(groups.map((program) => startDaemon(names.filter((name) => programs[name] === program))));
}

async function startDaemon(names: readonly CloudName[]): Promise<Daemon> {
  const child = spawnDaemon(names, [], ["pipe", "pipe", "inherit"]);
  const clouds = await announcement(names, child);
  const stop = async () => {
    const ended = once(child, "exit");
    child.stdin?.end();
    await ended;
  };
  return { clouds, stop };
}

/**
 * Starts clouds of one program that stay when this process ends, until their process gets a SIGTERM. What it says goes to the open
 * file `log`.
 */
export async function startLastingDaemon(
  names: readonly CloudName[],
  folder: string,
  log: number,
): Promise<{ pid: number; clouds: CloudUnderTest[] }> {
  const child = spawnDaemon(names, [stayFlag, folder], ["ignore", "pipe", log]);
  const clouds = await announcement(names, child);
  child.stdout?.destroy();
  child.unref();
  return { pid: child.pid as number, clouds };
}

/** The argument that tells the daemon of these clouds from any other process. */
export const daemonProgram = (name: CloudName) => join(__dirname, "bin", `${programs[name]}.ts`);

function spawnDaemon(names: readonly CloudName[], args: readonly string[], stdio: StdioOptions): ChildProcess {
  const program = daemonProgram(names[0] as CloudName);
  return spawn(process.execPath, ["--import", "tsx", program, ...names, ...args], {
    cwd: repositoryRoot,
    env: withoutProxyOnLoopback(process.env),
    detached: true,
    stdio,
  });
}

async function announcement(names: readonly CloudName[], child: ChildProcess): Promise<CloudUnderTest[]> {
  const lines = createInterface({ input: child.stdout as Readable });
  const failed = once(child, "exit").then(([code]) => {
    throw new Error(`${names.join(", ")} did not start (code ${code})`);
  });
  const [line] = await Promise.race([once(lines, "line"), failed]);
  failed.catch(() => {});
  lines.close();
  return JSON.parse(line);
}
