import { existsSync } from "node:fs";
import { join } from "node:path";
import { cloudToolDir } from "../../../../../scripts/tools";

/** The folder with the Python 2.7 environment `venv`; its empty database is kept beside it. */
export const glance15Dir = () => join(cloudToolDir(), "glance-15");

/** Set-up leaves it out where no Python 2.7 runs. */
export const isInstalled = () => existsSync(join(glance15Dir(), "installed"));

/** A program of the Python 2.7 environment, e.g. `glance-api`. */
export const program = (name: string) => join(glance15Dir(), "venv", "bin", name);
