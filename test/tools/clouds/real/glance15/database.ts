import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { mustExecute } from "../../../execute";
import { siteIn } from "../site";
import { databaseOf, fileOf, writeConfiguration } from "./configuration";
import { glance15Dir, program } from "./venv";

/** An SQLite file with Glance 15's empty tables, to copy: making them takes some seconds, once. */
export async function emptyDatabase(): Promise<string> {
  const text = await readFile(join(__dirname, "configuration.ts"));
  const version = createHash("sha256").update(text).digest("hex").slice(0, 12);
  const file = join(glance15Dir(), `glance-${version}.sqlite`);
  if (!existsSync(file)) await makeDatabase(file);
  return file;
}

async function makeDatabase(file: string): Promise<void> {
  const folder = await mkdtemp(`${file}.partial-`);
  try {
    const site = await siteIn(folder);
    await writeConfiguration(site);
    await mustExecute(program("glance-manage"), ["--config-file", fileOf(site, "registry"), "db_sync"], {
      env: { PATH: process.env.PATH },
    });
    await rename(databaseOf(site), file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
