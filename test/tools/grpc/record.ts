import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pulumiBinDir } from "../../../scripts/tools";
import { environmentOf } from "../clouds/environment";
import { startLocalCloud } from "../clouds/local";
import { TestStack } from "../pulumi";
import type { GoldenCall } from "./golden";
import { files, steps } from "./scenario";
import { Scrubber } from "./scrub";
import { Somebody } from "./somebody";

/** Version of the engine that `record` asks, e.g. `v3.259.0`. */
export function engineVersion(): string {
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  return execFileSync(join(pulumiBinDir(), "pulumi"), ["version"], { encoding: "utf8", env }).trim();
}

/** Lets the real engine live the scenario through with the packaged plugin and a cloud of its own; answers its calls by step. */
export async function record(): Promise<Map<string, GoldenCall[]>> {
  const folder = await mkdtemp(join(tmpdir(), "pulumi-glance-grpc-"));
  const log = join(folder, "grpc.json");
  const cloud = await startLocalCloud();
  const stack = await TestStack.create({ env: { PULUMI_DEBUG_GRPC: log } });
  try {
    const somebody = await Somebody.logIn(cloud);
    const scrubber = new Scrubber(cloud);
    for (const [path, content] of Object.entries(files)) await stack.write(path, content);
    await configure(stack, environmentOf(cloud, cloud.demo));
    const recorded = new Map<string, GoldenCall[]>();
    for (const { name, before, run, fails = false } of steps) {
      const made = (await before?.(somebody)) ?? {};
      for (const [one, id] of Object.entries(made)) scrubber.name(id, one);
      await rm(log, { force: true });
      const { code, stdout, stderr } = await run(stack, made);
      if ((code !== 0) !== fails) throw new Error(`${name} ended with code ${code}:\n${stdout}${stderr}`);
      recorded.set(name, scrubber.calls(await readFile(log, "utf8")));
    }
    return recorded;
  } finally {
    await stack.remove();
    await cloud.close();
    await rm(folder, { recursive: true });
  }
}

/** The stack's configuration instead of variables: the plugin is told everything by its calls. */
async function configure(stack: TestStack, env: Record<string, string>): Promise<void> {
  const keys: Record<string, string> = {
    OS_AUTH_URL: "authUrl",
    OS_USERNAME: "userName",
    OS_PASSWORD: "password",
    OS_PROJECT_NAME: "projectName",
    OS_USER_DOMAIN_NAME: "userDomainName",
    OS_PROJECT_DOMAIN_NAME: "projectDomainName",
    OS_REGION_NAME: "region",
  };
  for (const [variable, key] of Object.entries(keys))
    await stack.setConfig(`glance:${key}`, env[variable] ?? "", { secret: key === "password" });
}
