/** `npm run cloud -- up|down|env|status`: the real Keystone and Glance of the tests, for a person. */
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { daemonProgram, startLastingDaemon } from "../test/tools/clouds/daemon";
import type { CloudUnderTest } from "../test/tools/clouds/types";
import { exportLines } from "./cloudEnvironment";
import { commandLine } from "./commandLine";
import { scratchFolder } from "./tools";

const folder = join(scratchFolder, "cloud");
const stateFile = join(folder, "state.json");
const logFile = join(folder, "cloud.log");
const name = "glance-33";

interface State {
  pid: number;
  cloud: CloudUnderTest;
}

const commands: Record<string, () => void | Promise<void>> = {
  async up() {
    const running = runningState();
    if (running !== undefined) return describe(running, "already runs");
    console.log("starting Keystone and Glance (usually 5 s, 20 s the first time) ...");
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const state = await startLastingDaemon(name, folder, openSync(logFile, "a")).catch((error) => {
      throw new Error(`${error.message}\n${readFileSync(logFile, "utf8")}`);
    });
    writeFileSync(stateFile, `${JSON.stringify(state, null, 2)}\n`);
    describe(state, "runs");
    console.log(`For the tools of OpenStack: eval "$(npm run -s cloud -- env)"`);
  },

  async down() {
    const running = runningState();
    if (running === undefined) return console.log("no cloud runs");
    process.kill(running.pid, "SIGTERM");
    const deadline = Date.now() + 30_000;
    while (runningState() !== undefined) {
      if (Date.now() > deadline) throw new Error(`the cloud (pid ${running.pid}) does not end, see ${logFile}`);
      await sleep(100);
    }
    rmSync(folder, { recursive: true, force: true });
    console.log("the cloud ended; its images are gone");
  },

  env() {
    const running = runningState();
    if (running === undefined) throw new Error("no cloud runs: npm run cloud -- up");
    console.log(exportLines(running.cloud, running.cloud.demo).join("\n"));
  },

  status() {
    const running = runningState();
    if (running !== undefined) return describe(running, "runs");
    console.log("no cloud runs");
    process.exitCode = 1;
  },
};

const describe = ({ pid, cloud }: State, verb: string) =>
  console.log(`the cloud ${verb} (pid ${pid}): Keystone ${cloud.authUrl}, Glance ${cloud.imageUrl}`);

function runningState(): State | undefined {
  if (!existsSync(stateFile)) return undefined;
  const state: State = JSON.parse(readFileSync(stateFile, "utf8"));
  return isOurs(state.pid) ? state : undefined;
}

/** After a restart of the machine the number may belong to another process. */
const isOurs = (pid: number) => commandLine(pid)?.includes(daemonProgram(name)) ?? false;

async function main(): Promise<void> {
  const command = commands[process.argv[2] ?? ""];
  if (command === undefined) throw new Error(`say one of: ${Object.keys(commands).join(", ")}`);
  await command();
}

main().catch((error) => {
  console.error(`cloud: ${error.message}`);
  process.exitCode = 1;
});
