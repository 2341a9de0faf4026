import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { cloudToolDir } from "../../../../scripts/tools";
import { mustExecute } from "../../execute";
import { freePort } from "../../ports";
import { region, users } from "../users";
import { authUrl, imageUrl, type Site, writeConfiguration } from "./configuration";
import { Postgres } from "./postgres";
import { seed } from "./seed";
import { startKeystone } from "./services";
import { program } from "./venv";

/**
 * The databases of a Keystone and a Glance with every user, as a folder to copy: filling them takes 20 s, once. The endpoints in
 * it point nowhere; `pointEndpoints` corrects a copy.
 */
export async function databaseTemplate(): Promise<string> {
  const template = join(cloudToolDir(), `databases-${await fingerprint()}`);
  if (!existsSync(template)) await makeTemplate(template);
  return template;
}

/** Makes the service catalog name the ports of this site. */
export async function pointEndpoints(postgres: Postgres, site: Site): Promise<void> {
  const urls = { identity: authUrl(site), image: imageUrl(site) };
  const updates = Object.entries(urls).map(
    ([type, url]) =>
      `UPDATE endpoint SET url = '${url}' FROM service WHERE service.id = endpoint.service_id AND service.type = '${type}';`,
  );
  await postgres.sql("keystone", updates.join("\n"));
}

/** Changes with whatever decides what is in the databases. */
async function fingerprint(): Promise<string> {
  const hash = createHash("sha256");
  for (const file of ["template.ts", "seed.ts", "configuration.ts", "../users.ts"])
    hash.update(await readFile(join(__dirname, file)));
  return hash.digest("hex").slice(0, 12);
}

async function makeTemplate(template: string): Promise<void> {
  console.error("filling the databases of Keystone and Glance (usually 20 s, once) ...");
  const folder = await mkdtemp(`${template}.partial-`);
  const [keystonePort, glancePort] = await Promise.all([freePort(), freePort()]);
  const site = { folder, keystonePort, glancePort };
  const postgres = await Postgres.start();
  try {
    await postgres.sql("postgres", "CREATE DATABASE keystone; CREATE DATABASE glance;");
    await writeConfiguration(site, postgres);
    await Promise.all([fillKeystone(site), manage("glance", site, ["db_sync"])]);
    const keystone = await startKeystone(site);
    try {
      await seed(authUrl(site), imageUrl(site));
    } finally {
      await keystone.stop();
    }
    await postgres.saveAs(join(folder, "databases"));
    await keepFirst(join(folder, "databases"), template);
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function fillKeystone(site: Site): Promise<void> {
  await manage("keystone", site, ["db_sync"]);
  const urls = ["admin", "public", "internal"].map((interface_) => `--bootstrap-${interface_}-url=${authUrl(site)}`);
  const account = ["--bootstrap-password", users.admin.password, "--bootstrap-region-id", region];
  await manage("keystone", site, ["bootstrap", ...account, ...urls]);
}

async function manage(service: "keystone" | "glance", site: Site, args: readonly string[]): Promise<void> {
  const file = join(site.folder, service === "keystone" ? "keystone.conf" : "glance-api.conf");
  await mustExecute(program(`${service}-manage`), ["--config-file", file, ...args], {
    env: { PATH: process.env.PATH },
  });
}

/** Another run may have made the same template meanwhile. */
async function keepFirst(made: string, template: string): Promise<void> {
  await rename(made, template).catch((error) => {
    if (!existsSync(template)) throw error;
  });
}
