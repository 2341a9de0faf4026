import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../ports";
import { authUrl, imageUrl, writeConfiguration } from "./real/configuration";
import { Postgres } from "./real/postgres";
import { startGlance, startKeystone } from "./real/services";
import { databaseTemplate, pointEndpoints } from "./real/template";
import type { RunningCloud } from "./runningCloud";
import { region, users } from "./users";

/**
 * Glance 33 and Keystone 30 on free loopback ports, with databases and image stores of their own. Takes about 5 s. Logs and image
 * bytes go to a new folder in `parent`.
 */
export async function startRealCloud(parent = tmpdir()): Promise<RunningCloud> {
  const undo: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const template = await databaseTemplate();
    const folder = await mkdtemp(join(parent, "pulumi-glance-cloud-"));
    undo.push(() => rm(folder, { recursive: true, force: true }));
    const [keystonePort, glancePort] = await Promise.all([freePort(), freePort()]);
    const site = { folder, keystonePort, glancePort };
    const postgres = await Postgres.start(template);
    undo.push(() => postgres.stop());
    await Promise.all([writeConfiguration(site, postgres), pointEndpoints(postgres, site)]);
    const starting = [startKeystone(site), startGlance(site)];
    for (const service of await Promise.allSettled(starting)) {
      if (service.status === "fulfilled") undo.push(() => service.value.stop());
    }
    await Promise.all(starting);
    return { name: "glance-33", authUrl: authUrl(site), imageUrl: imageUrl(site), region, ...users, close };
  } catch (error) {
    await close();
    throw error;
  }
}
