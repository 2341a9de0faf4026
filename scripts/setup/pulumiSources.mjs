import { chmodSync, copyFileSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { attempt, run, SetupError, say, step } from "./shell.mjs";

/** The npm package that downloads the CLI; its version is independent of the CLI's. */
const downloader = "pulumi@3.265.0";

/** Puts the official CLI with its language hosts into `folder/bin`. Says why and returns false where that is not possible. */
export async function downloadPulumi(version, folder) {
  say(`downloading the Pulumi CLI ${version} (usually 1 minute) ...`);
  const home = join(folder, "home");
  const env = { ...process.env, PULUMI_HOME: home, PULUMI_VERSION: version, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const command = ["exec", "--yes", `--package=${downloader}`, "--", "pulumi", "version"];
  const { code, output } = await attempt("npm", command, { cwd: folder, env, minutes: 10 });
  if (code === 0) renameSync(join(home, "versions", version, "bin"), join(folder, "bin"));
  else say(`it cannot be downloaded here: ${output.split("\n").at(-1) || "no answer within 10 minutes"}`);
  rmSync(home, { recursive: true, force: true });
  return code === 0;
}

/** Builds the CLI and its Node language host from Go modules into `folder/bin`. */
export async function buildPulumi(versions, modules, folder) {
  if ((await attempt("go", ["version"])).code !== 0) {
    throw new SetupError(
      "a Pulumi CLI is needed: install it (https://www.pulumi.com/docs/install), or Go 1.26 or later to build it (https://go.dev/dl).",
    );
  }
  const bin = join(folder, "bin");
  mkdirSync(bin);
  await step(`building the Pulumi CLI ${versions.cli} from its Go modules`, "5 to 8 minutes, then cached by Go", () =>
    build(join(modules, "cli"), "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi", versions.cli, bin),
  );
  await step("building Pulumi's Node language host", "2 minutes, then cached by Go", async () => {
    const folder = join(modules, "nodejs");
    await build(folder, "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs", versions.nodejs, bin);
    await copyDynamicProviderScript(folder, bin);
  });
}

const build = (module, command, version, bin) =>
  run(
    "go",
    [
      "build",
      "-mod=readonly",
      "-buildvcs=false",
      `-ldflags=-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`,
      "-o",
      `${bin}/`,
      command,
    ],
    { cwd: module, minutes: 30 },
  );

/** The engine starts dynamic providers with a script that it looks for on PATH. */
async function copyDynamicProviderScript(module, bin) {
  const name = "pulumi-resource-pulumi-nodejs";
  const sdk = await run("go", ["list", "-m", "-f", "{{.Dir}}", "github.com/pulumi/pulumi/sdk/v3"], { cwd: module });
  copyFileSync(join(sdk, "nodejs", "dist", name), join(bin, name));
  chmodSync(join(bin, name), 0o755);
}
