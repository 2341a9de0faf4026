/**
 * Installs what this repository's commands need, as far as it is missing: `node scripts/setup.mjs [deps] [build] [plugin] [cli] [sdks]
 * [cloud]`, all of it without arguments. Plain JavaScript on Node 20, because it runs before anything is installed.
 */
import { build } from "./setup/build.mjs";
import { installCloud } from "./setup/cloud.mjs";
import { installDependencies } from "./setup/dependencies.mjs";
import { packagePlugin } from "./setup/plugin.mjs";
import { installPulumi } from "./setup/pulumi.mjs";
import { installSdkTools } from "./setup/sdks.mjs";
import { SetupError, say } from "./setup/shell.mjs";

const parts = {
  deps: installDependencies,
  build,
  plugin: packagePlugin,
  cli: installPulumi,
  sdks: installSdkTools,
  cloud: installCloud,
};

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !Object.hasOwn(parts, name));

try {
  if (unknown !== undefined) throw new SetupError(`"${unknown}" is none of ${Object.keys(parts).join(", ")}`);
  for (const [name, install] of Object.entries(parts)) {
    if (asked.length === 0 || asked.includes(name)) await install();
  }
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
