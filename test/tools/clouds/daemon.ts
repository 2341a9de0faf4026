import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { repositoryRoot, withoutProxyOnLoopback } from "../../../scripts/tools";
import { stayFlag } from "./serve";
import type { CloudUnderTest } from "./types";

/** A cloud in a process of its own. */
export interface Daemon {
  cloud: CloudUnderTest;
  stop(): Promise<void>;
}

/** Starts a cloud that ends with this process at the latest. */
export async function startDaemon(name: CloudUnderTest["name"]): Promise<Daemon> {
  const child = spawnDaemon(name, [], ["pipe", "pipe", "inherit"]);
  const cloud = await announcement(name, child);
  const stop = async () => {
    const ended = once(child, "exit");
    child.stdin?.end();
    await ended;
  };
  return { cloud, stop };
}

/** Starts a cloud that stays when this process ends, until its process gets a SIGTERM. What it says goes to the open file `log`. */
export async function startLastingDaemon(
  name: CloudUnderTest["name"],
  folder: string,
  log: number,
): Promise<{ pid: number; cloud: CloudUnderTest }> {
  const child = spawnDaemon(name, [stayFlag, folder], ["ignore", "pipe", log]);
  const cloud = await announcement(name, child);
  child.stdout?.destroy();
  child.unref();
  return { pid: child.pid as number, cloud };
}

/** The arguments that tell a daemon from any other process. */
export const daemonProgram = (name: CloudUnderTest["name"]) => join(__dirname, "bin", `${name}.ts`);

function spawnDaemon(name: CloudUnderTest["name"], args: readonly string[], stdio: StdioOptions): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", daemonProgram(name), ...args], {
    cwd: repositoryRoot,
    env: withoutProxyOnLoopback(process.env),
    detached: true,
    stdio,
  });
}

async function announcement(name: string, child: ChildProcess): Promise<CloudUnderTest> {
  const lines = createInterface({ input: child.stdout as Readable });
  const failed = once(child, "exit").then(([code]) => {
    throw new Error(`the cloud ${name} did not start (code ${code})`);
  });
  const [line] = await Promise.race([once(lines, "line"), failed]);
  failed.catch(() => {});
  lines.close();
  return JSON.parse(line);
}
