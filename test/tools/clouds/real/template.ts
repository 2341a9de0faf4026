import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { cloudToolDir } from "../../../../scripts/tools";
import { catalogued } from "./catalog";
import { keystone } from "./keystone";
import type { Part } from "./part";
import { Postgres } from "./postgres";
import { seed } from "./seed";
import { authUrl, type Site, siteIn } from "./site";

/** What decides what is in the databases. */
const ingredients = ["template", "seed", "administrator", "catalog", "site", "keystone", "glance", "nova", "../users"];

/**
 * The databases of Keystone with every user, of Glance and of Nova, as a folder to copy: filling them takes 40 s, once. The endpoints
 * in it point nowhere; `pointCatalog` corrects a copy.
 */
export async function databaseTemplate(): Promise<string> {
  const template = join(cloudToolDir(), `databases-${await fingerprint()}`);
  if (!existsSync(template)) await makeTemplate(template);
  return template;
}

async function fingerprint(): Promise<string> {
  const hash = createHash("sha256");
  for (const name of ingredients) hash.update(await readFile(join(__dirname, `${name}.ts`)));
  return hash.digest("hex").slice(0, 12);
}

async function makeTemplate(template: string): Promise<void> {
  console.error("filling the databases of Keystone, Glance and Nova (usually 40 s, once) ...");
  const folder = await mkdtemp(`${template}.partial-`);
  const site = await siteIn(folder);
  const postgres = await Postgres.start();
  try {
    await Promise.all(catalogued.map((part) => fill(part, site, postgres)));
    const service = await keystone.start(site);
    try {
      await seed(authUrl(site));
    } finally {
      await service.stop();
    }
    await postgres.saveAs(join(folder, "databases"));
    await keepFirst(join(folder, "databases"), template);
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function fill(part: Part, site: Site, postgres: Postgres): Promise<void> {
  if (part.databases === undefined) return;
  for (const name of part.databases.names) await postgres.sql("postgres", `CREATE DATABASE ${name};`);
  await part.configure(site, postgres);
  await part.databases.fill(site);
}

/** Another run may have made the same template meanwhile. */
async function keepFirst(made: string, template: string): Promise<void> {
  await rename(made, template).catch((error) => {
    if (!existsSync(template)) throw error;
  });
}
