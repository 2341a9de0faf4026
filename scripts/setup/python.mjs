import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cachedFolder } from "./cache.mjs";
import { home } from "./places.mjs";
import { attempt, run, SetupError, step } from "./shell.mjs";

/** PostgreSQL carries wheels for these only. */
const pythons = ["python3.11", "python3.12", "python3"];

/** A Python 3.11 or 3.12 that can make environments. */
export async function findPython() {
  const supported = "import sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))";
  for (const python of pythons) if (await succeeds(python, supported)) return python;
  throw new SetupError(
    "Python 3.11 or 3.12 with its venv module is needed for the tests: install python3.11 and python3.11-venv.",
  );
}

/** A Python 2.7, on PATH or among pyenv's; undefined where none runs. */
export async function findPython27(env = process.env) {
  for (const python of ["python2.7", ...pyenvs27(env.PYENV_ROOT || join(home, ".pyenv"))]) {
    if (await succeeds(python, "import sys; sys.exit(sys.version_info[:2] != (2, 7))")) return python;
  }
  return undefined;
}

function pyenvs27(pyenv) {
  const versions = join(pyenv, "versions");
  if (!existsSync(versions)) return [];
  const names = readdirSync(versions).filter((name) => name.startsWith("2.7."));
  return names.map((name) => join(versions, name, "bin", "python2.7"));
}

const succeeds = async (python, script) => (await attempt(python, ["-c", script])).code === 0;

/** A Python environment `venv` in a folder of the cache; says what takes a while. */
export const cachedEnvironment = ({ title, usually, make, ...rest }) =>
  cachedFolder({ ...rest, make: (folder) => step(title, usually, () => make(folder)) });

/** Runs pip of the environment `venv`. */
export const install = (venv, args) => run(join(venv, "bin", "pip"), ["install", "--quiet", ...args], { minutes: 20 });

/** The version that a file of constraints names for a package. */
export function pinned(constraints, name) {
  return new RegExp(`^${name}==(\\S+)$`, "m").exec(readFileSync(constraints, "utf8"))?.[1];
}
