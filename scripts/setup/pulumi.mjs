import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { onceAtATime } from "./lock.mjs";
import { cacheFolder, recordTool, root, searchPath } from "./places.mjs";
import { buildPulumi, downloadPulumi } from "./pulumiSources.mjs";
import { attempt, SetupError } from "./shell.mjs";
import { isOlder } from "./version.mjs";

const modules = join(root, "test", "tools", "pulumi-cli");

/** What the CLI needs beside itself to run a program with a dynamic provider. */
const hosts = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

/** The oldest CLI that the scripts and tests work with. */
const oldest = "3.150";

/** A Pulumi CLI with its Node language host: the one on PATH, else one in the cache folder. */
export async function installPulumi() {
  recordTool("pulumi", (await pulumiOnPath()) ?? (await inCache()));
}

/** The folder of the caller's own CLI; undefined when there is none that is whole and new enough. */
export async function pulumiOnPath() {
  const env = { ...process.env, PATH: searchPath({ own: false }), PULUMI_SKIP_UPDATE_CHECK: "true" };
  const found = await Promise.all(
    ["pulumi", ...hosts].map((name) => attempt("sh", ["-c", `command -v ${name}`], { env })),
  );
  if (found.some(({ code }) => code !== 0)) return undefined;
  const { code, output } = await attempt("pulumi", ["version"], { env });
  const version = /^v\d+\.\d+/m.exec(output)?.[0];
  return code === 0 && version !== undefined && !isOlder(version, oldest) ? dirname(found[0].output) : undefined;
}

async function inCache() {
  const versions = { cli: pinned("cli", "pkg/v3"), nodejs: pinned("nodejs", "sdk/v3") };
  const target = join(cacheFolder(), `pulumi-${versions.cli}`);
  const bin = join(target, "bin");
  await onceAtATime(
    `${target}.lock`,
    () => existsSync(join(bin, "pulumi")),
    () => install(versions, target),
  );
  return bin;
}

/** Renames, so that an interrupted installation leaves nothing half-made. */
async function install(versions, target) {
  const staging = mkdtempSync(`${target}.partial-`);
  try {
    if (!(await downloadPulumi(versions.cli, staging))) await buildPulumi(versions, modules, staging);
    renameSync(staging, target);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** The version that go.mod requires, so that a download and a build give the same CLI. */
function pinned(module, path) {
  const text = readFileSync(join(modules, module, "go.mod"), "utf8");
  const version = new RegExp(`github\\.com/pulumi/pulumi/${path} v(\\S+)`).exec(text)?.[1];
  if (version === undefined) throw new SetupError(`test/tools/pulumi-cli/${module}/go.mod names no version of ${path}`);
  return version;
}
