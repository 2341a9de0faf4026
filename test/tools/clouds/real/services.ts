import { join } from "node:path";
import { Service } from "../../service";
import { authUrl, imageUrl, type Site } from "./configuration";
import { program } from "./venv";

/** Keystone on its port, answering. */
export async function startKeystone(site: Site): Promise<Service> {
  const variables = { OS_KEYSTONE_CONFIG_FILES: join(site.folder, "keystone.conf") };
  const service = gunicorn(site, "keystone", site.keystonePort, ["--workers=1", "--threads=8"], variables);
  await service.ready(() => answers(authUrl(site)));
  return service;
}

/** Glance on its port, answering. It reads `glance-api.conf` and `glance-image-import.conf` in the site's folder. */
export async function startGlance(site: Site): Promise<Service> {
  const arguments_ = ["--workers=2", "--threads=16", "--timeout=600"];
  const service = gunicorn(site, "glance", site.glancePort, arguments_, { OS_GLANCE_CONFIG_DIR: site.folder });
  await service.ready(() => answers(imageUrl(site)));
  return service;
}

function gunicorn(
  site: Site,
  name: string,
  port: number,
  args: readonly string[],
  variables: Record<string, string>,
): Service {
  const common = ["--no-control-socket", "--worker-class=gthread", "--keep-alive=75", `--bind=127.0.0.1:${port}`];
  return new Service({
    command: program("gunicorn"),
    args: [...common, ...args, `${name}_app:application`],
    cwd: site.folder,
    env: { PATH: process.env.PATH, ...variables },
    log: join(site.folder, `${name}.out`),
    stopSignal: "SIGINT",
  });
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    await response.arrayBuffer();
    return response.status < 500;
  } catch {
    return false;
  }
}
