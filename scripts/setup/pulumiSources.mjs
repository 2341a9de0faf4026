import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { buildGo, hasGo, moduleFolder, requiredVersion, sourceFolder } from "./go.mjs";
import { attempt, SetupError, say, step } from "./shell.mjs";

/** The npm package that downloads the CLI; its version is independent of the CLI's. */
const downloader = "pulumi@3.265.0";

const [engine, sdk, yaml] = ["pulumi/pkg/v3", "pulumi/sdk/v3", "pulumi-yaml"].map(
  (path) => `github.com/pulumi/${path}`,
);

/**
 * What a CLI consists of, by the module of test/tools/pulumi-cli that it is built from where it cannot be downloaded: a command of the
 * Go module `source`, and beside it a script of the same module.
 */
const parts = {
  cli: { source: engine, command: "cmd/pulumi", title: "the Pulumi CLI", usually: "5 to 8 minutes" },
  nodejs: {
    source: sdk,
    command: "nodejs/cmd/pulumi-language-nodejs",
    // The engine starts dynamic providers with it.
    script: "nodejs/dist/pulumi-resource-pulumi-nodejs",
    title: "Pulumi's Node language host",
    usually: "2 minutes",
  },
  python: {
    source: sdk,
    command: "python/cmd/pulumi-language-python",
    script: "python/cmd/pulumi-language-python-exec",
    title: "Pulumi's Python language host",
    usually: "1 minute",
  },
  yaml: {
    source: yaml,
    command: "cmd/pulumi-language-yaml",
    versionIn: `${yaml}/pkg/version.Version`,
    title: "Pulumi's YAML language host",
    usually: "2 minutes",
  },
};

/** The commands that a whole CLI has; a script that only its own host starts is that host's business. */
export const commands = [...Object.values(parts).map(commandOf), basename(parts.nodejs.script)];

/** Changed when one of the versions is. */
export const versionFiles = Object.keys(parts).map((name) => join(moduleFolder(name), "go.mod"));

export const cliVersion = () => requiredVersion("cli", engine);

/** The official CLI with its language hosts in `folder/bin` where that is possible; what it lacks is built. */
export async function getPulumi(folder) {
  const bin = join(folder, "bin");
  await download(cliVersion(), folder);
  mkdirSync(bin, { recursive: true });
  for (const [name, part] of Object.entries(parts)) {
    if (!existsSync(join(bin, commandOf(part)))) await build(name, part, bin);
  }
}

function commandOf({ command }) {
  return basename(command);
}

/** Says why where it is not possible. */
async function download(version, folder) {
  say(`downloading the Pulumi CLI ${version} (usually 1 minute) ...`);
  const home = join(folder, "home");
  const env = { ...process.env, PULUMI_HOME: home, PULUMI_VERSION: version, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const command = ["exec", "--yes", `--package=${downloader}`, "--", "pulumi", "version"];
  const { code, output } = await attempt("npm", command, { cwd: folder, env, minutes: 10 });
  if (code === 0) renameSync(join(home, "versions", version, "bin"), join(folder, "bin"));
  else say(`it cannot be downloaded here: ${output.split("\n").at(-1) || "no answer within 10 minutes"}`);
  rmSync(home, { recursive: true, force: true });
}

async function build(name, { source, command, script, versionIn = `${sdk}/go/common/version.Version`, ...said }, bin) {
  if (!(await hasGo())) {
    throw new SetupError(
      "a Pulumi CLI is needed: install it (https://www.pulumi.com/docs/install), or Go 1.26 or later to build it (https://go.dev/dl).",
    );
  }
  const version = requiredVersion(name, source);
  await step(
    `building ${said.title} ${version} from its Go modules`,
    `${said.usually}, then cached by Go`,
    async () => {
      if (script !== undefined) copyScript(join(await sourceFolder(name, source), script), bin);
      await buildGo(name, `${source}/${command}`, bin, { [versionIn]: `v${version}` });
    },
  );
}

function copyScript(file, bin) {
  const copy = join(bin, basename(file));
  copyFileSync(file, copy);
  chmodSync(copy, 0o755);
}
