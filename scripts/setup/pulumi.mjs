import { dirname, join } from "node:path";
import { cachedFolder } from "./cache.mjs";
import { recordTool, searchPath } from "./places.mjs";
import { cliVersion, commands, getPulumi, versionFiles } from "./pulumiSources.mjs";
import { attempt } from "./shell.mjs";
import { isOlder } from "./version.mjs";

/** The oldest CLI that the scripts and tests work with. */
const oldest = "3.150";

/** A Pulumi CLI with the language hosts of our programs: the one on PATH, else one in the cache folder. */
export async function installPulumi() {
  recordTool("pulumi", (await pulumiOnPath()) ?? (await inCache()));
}

/** The folder of the caller's own CLI; undefined when there is none that is whole and new enough. */
export async function pulumiOnPath() {
  const env = { ...process.env, PATH: searchPath({ own: false }), PULUMI_SKIP_UPDATE_CHECK: "true" };
  const found = await Promise.all(commands.map((name) => attempt("sh", ["-c", `command -v ${name}`], { env })));
  if (found.some(({ code }) => code !== 0)) return undefined;
  const { code, output } = await attempt("pulumi", ["version"], { env });
  const version = /^v\d+\.\d+/m.exec(output)?.[0];
  return code === 0 && version !== undefined && !isOlder(version, oldest) ? dirname(found[0].output) : undefined;
}

async function inCache() {
  const folder = await cachedFolder({ name: `pulumi-${cliVersion()}`, files: versionFiles, make: getPulumi });
  return join(folder, "bin");
}
