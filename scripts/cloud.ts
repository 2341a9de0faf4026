/** `npm run cloud -- up [SERVER...]|down|env [SERVER]|status`: the real servers of the tests, for a person; glance-33 unless named. */
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { selectedClouds } from "../test/tools/clouds/current";
import { daemonProgram, startLastingDaemon } from "../test/tools/clouds/daemon";
import type { CloudUnderTest } from "../test/tools/clouds/types";
import { exportLines } from "./cloudEnvironment";
import { commandLine } from "./commandLine";
import { scratchFolder } from "./tools";

const folder = join(scratchFolder, "cloud");
const stateFile = join(folder, "state.json");
const logFile = join(folder, "cloud.log");
const usual = "glance-33";

interface State {
  pid: number;
  clouds: CloudUnderTest[];
}

const commands: Record<string, (names: string[]) => void | Promise<void>> = {
  async up(names) {
    const running = runningState();
    if (running !== undefined) return describe(running, "already run");
    const asked = selectedClouds(names.join(",") || usual);
    if (asked.includes("local")) throw new Error("glance-local has a command of its own: npx glance-local");
    console.log(`starting Keystone and ${asked.join(", ")} (usually 5 s, 40 s the first time) ...`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const state = await startLastingDaemon(asked, folder, openSync(logFile, "a")).catch((error) => {
      throw new Error(`${error.message}\n${readFileSync(logFile, "utf8")}`);
    });
    writeFileSync(stateFile, `${JSON.stringify(state, null, 2)}\n`);
    describe(state, "run");
    console.log(`For the tools of OpenStack: eval "$(npm run -s cloud -- env)"`);
  },

  async down() {
    const running = runningState();
    if (running === undefined) return console.log("no cloud runs");
    process.kill(running.pid, "SIGTERM");
    const deadline = Date.now() + 30_000;
    while (runningState() !== undefined) {
      if (Date.now() > deadline) throw new Error(`the servers (pid ${running.pid}) do not end, see ${logFile}`);
      await sleep(100);
    }
    rmSync(folder, { recursive: true, force: true });
    console.log("the cloud ended; its images are gone");
  },

  env([name]) {
    const clouds = runningState()?.clouds;
    if (clouds === undefined) throw new Error("no cloud runs: npm run cloud -- up");
    const cloud = name === undefined ? clouds[0] : clouds.find((candidate) => candidate.name === name);
    if (cloud === undefined) throw new Error(`${name} does not run, but ${clouds.map((one) => one.name).join(", ")}`);
    console.log(exportLines(cloud, cloud.demo).join("\n"));
  },

  status() {
    const running = runningState();
    if (running !== undefined) return describe(running, "run");
    console.log("no cloud runs");
    process.exitCode = 1;
  },
};

function describe({ pid, clouds }: State, verb: string): void {
  console.log(`the servers ${verb} (pid ${pid}): Keystone ${clouds[0]?.authUrl}`);
  for (const { name, apis, unavailable } of clouds) {
    console.log(
      `${name}: ${
        unavailable ??
        Object.entries(apis)
          .map(([api, url]) => `${api} at ${url}`)
          .join(", ")
      }`,
    );
  }
}

function runningState(): State | undefined {
  if (!existsSync(stateFile)) return undefined;
  const state: State = JSON.parse(readFileSync(stateFile, "utf8"));
  return isOurs(state.pid) ? state : undefined;
}

/** After a restart of the machine the number may belong to another process. */
const isOurs = (pid: number) => commandLine(pid)?.includes(daemonProgram(usual)) ?? false;

async function main(): Promise<void> {
  const [verb = "", ...names] = process.argv.slice(2);
  const command = commands[verb];
  if (command === undefined) throw new Error(`say one of: ${Object.keys(commands).join(", ")}`);
  await command(names);
}

main().catch((error) => {
  console.error(`cloud: ${error.message}`);
  process.exitCode = 1;
});
