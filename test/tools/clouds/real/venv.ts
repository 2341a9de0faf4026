import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { cloudToolDir } from "../../../../scripts/tools";
import { mustExecute } from "../../execute";

const venv = () => join(cloudToolDir(), "venv");

/** A program of the Python environment, e.g. `gunicorn`. */
export const program = (name: string) => join(venv(), "bin", name);

/** A configuration file that comes with a service and serves as it is. */
export const sampleFile = (service: string, name: string) => join(venv(), "etc", service, name);

/** Runs `keystone-manage`, `glance-manage` or `nova-manage`. */
export async function manage(service: string, configuration: string, args: readonly string[]): Promise<void> {
  await mustExecute(program(`${service}-manage`), ["--config-file", configuration, ...args], {
    env: { PATH: process.env.PATH },
    timeout: 300,
  });
}

/** Where the Python environment keeps its packages. */
export async function sitePackages(): Promise<string> {
  const lib = join(venv(), "lib");
  const python = (await readdir(lib)).find((name) => name.startsWith("python"));
  return join(lib, python ?? "python3", "site-packages");
}
