import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheFolder, recordTool, root, searchPath } from "./places.mjs";
import { buildPulumi, downloadPulumi } from "./pulumiSources.mjs";
import { attempt, SetupError } from "./shell.mjs";

const modules = join(root, "test", "tools", "pulumi-cli");

/** A Pulumi CLI with its Node language host: the one on PATH, else one in the cache folder. */
export async function installPulumi() {
  recordTool("pulumi", (await onPath()) ?? (await inCache()));
}

async function onPath() {
  const env = { ...process.env, PATH: searchPath({ own: false }) };
  const [cli, host] = await Promise.all(
    ["pulumi", "pulumi-language-nodejs"].map((name) => attempt("sh", ["-c", `command -v ${name}`], { env })),
  );
  return cli.code === 0 && host.code === 0 ? dirname(cli.output) : undefined;
}

async function inCache() {
  const versions = { cli: pinned("cli", "pkg/v3"), nodejs: pinned("nodejs", "sdk/v3") };
  const target = join(cacheFolder(), `pulumi-${versions.cli}`);
  const bin = join(target, "bin");
  if (existsSync(join(bin, "pulumi"))) return bin;

  mkdirSync(cacheFolder(), { recursive: true });
  const staging = mkdtempSync(`${target}.partial-`);
  try {
    if (!(await downloadPulumi(versions.cli, staging))) await buildPulumi(versions, modules, staging);
    moveInto(staging, target);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  return bin;
}

/** The version that go.mod requires, so that a download and a build give the same CLI. */
function pinned(module, path) {
  const text = readFileSync(join(modules, module, "go.mod"), "utf8");
  const version = new RegExp(`github\\.com/pulumi/pulumi/${path} v(\\S+)`).exec(text)?.[1];
  if (version === undefined) throw new SetupError(`test/tools/pulumi-cli/${module}/go.mod names no version of ${path}`);
  return version;
}

/** Renames, so that an interrupted installation leaves nothing half-made; whoever finishes first wins. */
function moveInto(staging, target) {
  try {
    renameSync(staging, target);
  } catch (error) {
    if (!existsSync(join(target, "bin", "pulumi"))) throw error;
  }
}
