import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { Service } from "../../../service";
import { answers } from "../gunicorn";
import type { Part } from "../part";
import { imageV1Url, type Site } from "../site";
import { databaseOf, fileOf, folderOf, type Program, writeConfiguration } from "./configuration";
import { emptyDatabase } from "./database";
import { program } from "./venv";

/** The region of Glance 15 in the service catalog, so that users of Image API v1 find it beside Glance 33. */
export const regionV1 = "RegionV1";

/** Glance 15 with Image API v1, the last Glance but one that has it. Its SQLAlchemy cannot read PostgreSQL 16, so it keeps a file. */
export const glance15: Part = {
  catalog: { name: "glance", type: "image", region: regionV1, url: imageV1Url },

  async configure(site) {
    await writeConfiguration(site);
    await copyFile(await emptyDatabase(), databaseOf(site));
  },

  async start(site) {
    const registry = serviceOf(site, "registry");
    const api = serviceOf(site, "api");
    const stop = async () => {
      await Promise.all([api.stop(), registry.stop()]);
    };
    try {
      // The registry answers everybody without a token by 401.
      await Promise.all([
        registry.ready(() => answers(`http://127.0.0.1:${site.ports.glance15Registry}/`)),
        api.ready(() => answers(imageV1Url(site))),
      ]);
    } catch (error) {
      await stop();
      throw error;
    }
    return { stop };
  },
};

const serviceOf = (site: Site, name: Program) =>
  new Service({
    command: program(`glance-${name}`),
    args: ["--config-file", fileOf(site, name)],
    cwd: folderOf(site),
    env: { PATH: process.env.PATH },
    log: join(folderOf(site), `${name}.out`),
    stopSignal: "SIGTERM",
  });
