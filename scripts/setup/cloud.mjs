import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onceAtATime } from "./lock.mjs";
import { cacheFolder, fingerprint, recordTool, root } from "./places.mjs";
import { attempt, run, SetupError, step } from "./shell.mjs";

const requirements = join(root, "test", "tools", "clouds", "requirements.txt");
const constraints = join(root, "test", "tools", "clouds", "constraints.txt");

/** PostgreSQL carries wheels for these only. */
const pythons = ["python3.11", "python3.12", "python3"];

/** A Python environment with the real Glance and Keystone, in the cache folder. */
export async function installCloud() {
  const folder = join(
    cacheFolder(),
    `cloud-${pinned("glance")}-${pinned("keystone")}-${fingerprint(requirements, constraints)}`,
  );
  const done = join(folder, "installed");
  await onceAtATime(
    `${folder}.lock`,
    () => existsSync(done),
    async () => {
      const python = await findPython();
      await step("installing Glance, Keystone and PostgreSQL for the tests", "2 minutes", () =>
        install(python, folder),
      );
      writeFileSync(done, "");
    },
  );
  recordTool("cloud", folder);
}

/** An environment holds absolute paths and cannot be renamed: one without the mark is incomplete and made again. */
async function install(python, folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const venv = join(folder, "venv");
  await run(python, ["-m", "venv", venv]);
  await run(join(venv, "bin", "pip"), ["install", "--quiet", "-r", requirements, "-c", constraints], { minutes: 20 });
}

function pinned(name) {
  return new RegExp(`^${name}==(\\S+)$`, "m").exec(readFileSync(constraints, "utf8"))?.[1];
}

async function findPython() {
  const supported = "import sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))";
  for (const python of pythons) {
    if ((await attempt(python, ["-c", supported])).code === 0) return python;
  }
  throw new SetupError(
    "Python 3.11 or 3.12 with its venv module is needed for the tests: install python3.11 and python3.11-venv.",
  );
}
