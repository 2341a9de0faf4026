import { join } from "node:path";
import { program } from "../../test/tools/clouds/real/venv";
import { mustExecute } from "../../test/tools/execute";

/** One listing of everything, in a process of its own. */
export interface Listing {
  count: number;
  /** For the list alone: the log-in came before. */
  seconds: number;
  /** Highest resident size of the process, MiB. */
  peak: number;
}

const script = (name: string) => join(__dirname, name);

/** Who lists, and the command that does. The floor is what is compared with. */
export const contestants = {
  "bare loop over pages": [process.execPath, script("bareLoop.js")],
  "pulumi-glance": [process.execPath, script("ours.js")],
  "openstacksdk, limit=1000": [program("python"), script("sdk.py"), "1000"],
  "openstacksdk, default": [program("python"), script("sdk.py")],
} as const satisfies Record<string, readonly [string, ...string[]]>;

export type Contestant = keyof typeof contestants;
export const names = Object.keys(contestants) as Contestant[];

export async function list(name: Contestant, env: Record<string, string>): Promise<Listing> {
  const [command, ...args] = contestants[name];
  return JSON.parse(await mustExecute(command, args, { env: { PATH: process.env.PATH, ...env }, timeout: 600 }));
}
