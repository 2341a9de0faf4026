import { renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { recordTool, root } from "./places.mjs";
import { cachedEnvironment, findPython, findPython27, install, pinned } from "./python.mjs";
import { run, say } from "./shell.mjs";

const clouds = join(root, "test", "tools", "clouds");

/** Python environments with the real servers, in the cache folder; the one of Glance 15 is linked to from the other, where there is one. */
export async function installCloud() {
  const folder = await installServices();
  link(await installGlance15(), join(folder, "glance-15"));
  recordTool("cloud", folder);
}

/** Renames, so that nobody finds the link missing while it changes. */
function link(target, file) {
  if (target === undefined) return rmSync(file, { force: true });
  const made = `${file}.${process.pid}`;
  symlinkSync(target, made);
  renameSync(made, file);
}

/** Glance and Nova of today, and the Keystone of all. */
function installServices() {
  const [requirements, constraints] = ["requirements.txt", "constraints.txt"].map((name) => join(clouds, name));
  const versions = ["glance", "keystone", "nova"].map((name) => pinned(constraints, name));
  return cachedEnvironment({
    name: `cloud-${versions.join("-")}`,
    files: [requirements, constraints],
    title: "installing Glance, Nova, Keystone and PostgreSQL for the tests",
    usually: "3 minutes",
    async make(folder) {
      const venv = join(folder, "venv");
      await run(await findPython(), ["-m", "venv", venv]);
      await install(venv, ["-r", requirements, "-c", constraints]);
    },
  });
}

/** Later ones make no environments for Python 2.7, which has no module of its own for it. */
const virtualenv = "virtualenv==20.16.7";

/** The last Glance but one with Image API v1, which runs on Python 2.7 only; undefined where there is none. */
async function installGlance15() {
  const python27 = await findPython27();
  if (python27 === undefined) {
    say("no Python 2.7 runs here (pyenv has one), so Glance 15 (Image API v1) is left out: its cases will be skipped");
    return undefined;
  }
  const constraints = join(clouds, "real", "glance15", "constraints.txt");
  return cachedEnvironment({
    name: `glance-${pinned(constraints, "glance")}`,
    files: [constraints],
    title: "installing Glance 15 (Image API v1) for the tests",
    usually: "1 minute",
    async make(folder) {
      const [maker, venv] = [join(folder, "maker"), join(folder, "venv")];
      await run(await findPython(), ["-m", "venv", maker]);
      await install(maker, [virtualenv]);
      await run(join(maker, "bin", "virtualenv"), ["--quiet", "--no-periodic-update", "--python", python27, venv]);
      await install(venv, ["glance", "-c", constraints]);
    },
  });
}
