import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Service } from "../../service";
import type { Site } from "./site";
import { program } from "./venv";

export interface GunicornOptions {
  /** Names the module and the log. */
  name: string;
  port: number;
  workers: number;
  threads: number;
  /** What tells the application where its configuration is. */
  env: NodeJS.ProcessEnv;
}

/** Writes the module that gunicorn loads: an application parses the command line, which is gunicorn's. */
export const writeModule = (site: Site, name: string, application: string) =>
  writeFile(
    join(site.folder, `${name}_app.py`),
    `import sys\n\nsys.argv = sys.argv[:1]\nfrom ${application} import application\n`,
  );

/** Serves the application of a module that `writeModule` wrote. */
export async function startGunicorn(site: Site, options: GunicornOptions): Promise<Service> {
  const { name, port, workers, threads, env } = options;
  const serving = [`--workers=${workers}`, `--threads=${threads}`, "--timeout=600", `--bind=127.0.0.1:${port}`];
  const service = new Service({
    command: program("gunicorn"),
    args: ["--no-control-socket", "--worker-class=gthread", "--keep-alive=75", ...serving, `${name}_app:application`],
    cwd: site.folder,
    env: { PATH: process.env.PATH, ...env },
    log: join(site.folder, `${name}.out`),
    stopSignal: "SIGINT",
  });
  await service.ready(() => answers(`http://127.0.0.1:${port}/`));
  return service;
}

/** Whether something there speaks HTTP and has no trouble with itself. */
export async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    await response.arrayBuffer();
    return response.status < 500;
  } catch {
    return false;
  }
}
