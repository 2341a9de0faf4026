import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { cloudToolDir } from "../../../../scripts/tools";

/** A program of the Python environment, e.g. `gunicorn`. */
export const program = (name: string) => join(cloudToolDir(), "venv", "bin", name);

/** The paste pipeline that comes with Glance. */
export const glancePaste = () => join(cloudToolDir(), "venv", "etc", "glance", "glance-api-paste.ini");

/** Where the Python environment keeps its packages. */
export async function sitePackages(): Promise<string> {
  const lib = join(cloudToolDir(), "venv", "lib");
  const python = (await readdir(lib)).find((name) => name.startsWith("python"));
  return join(lib, python ?? "python3", "site-packages");
}
