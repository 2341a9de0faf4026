import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onceAtATime } from "./lock.mjs";
import { fingerprint, root, scratchFolder, searchPath } from "./places.mjs";
import { attempt, run, SetupError, step } from "./shell.mjs";
import { isOlder } from "./version.mjs";

const modules = join(root, "node_modules");
const stamp = join(modules, ".setup-stamp");

/** The npm packages as package-lock.json names them, and a Node that is new enough for them. */
export async function installDependencies() {
  const wanted = fingerprint(join(root, "package-lock.json"));
  const isDone = () => existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;
  await onceAtATime(join(scratchFolder, "dependencies.lock"), isDone, () =>
    step("installing npm packages", "1 minute", async () => {
      // npm must not run on the Node inside the folder that it replaces.
      const env = { ...process.env, PATH: searchPath({ own: false }) };
      await run("npm", ["ci", "--loglevel=error"], { cwd: root, env, minutes: 15 });
      linkPackageToItself();
      writeFileSync(stamp, wanted);
    }),
  );
  linkPackageToItself();
  await checkNode();
}

/** Pulumi loads a dynamic provider's text outside any package, so `require("pulumi-glance/...")` must resolve by name. */
function linkPackageToItself() {
  const link = join(modules, "pulumi-glance");
  if (!existsSync(link)) symlinkSync("..", link);
}

async function checkNode() {
  const minimum = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).engines.node.replace(/^\D+/, "");
  const { output } = await attempt("node", ["--version"], { env: { ...process.env, PATH: searchPath({ own: true }) } });
  if (isOlder(output, minimum)) {
    throw new SetupError(`Node ${minimum} or later is needed, this is ${output}: install it from https://nodejs.org.`);
  }
}
