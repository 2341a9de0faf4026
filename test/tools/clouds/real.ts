import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CloudName } from "./current";
import { pointCatalog } from "./real/catalog";
import { glance, glanceTwo, storesFolder } from "./real/glance";
import { glance15, regionV1 } from "./real/glance15/part";
import { isInstalled } from "./real/glance15/venv";
import { keystone } from "./real/keystone";
import { nova } from "./real/nova";
import type { Part, Stoppable } from "./real/part";
import { Postgres } from "./real/postgres";
import { authUrl, computeUrl, imageUrl, imageV1Url, type Site, siteIn } from "./real/site";
import { databaseTemplate } from "./real/template";
import type { RunningCloud, RunningClouds } from "./runningCloud";
import type { CloudUnderTest } from "./types";
import { region, regionTwo, users } from "./users";

export type RealCloudName = Exclude<CloudName, "local">;

/** How a cloud is made of the parts beside Keystone, and where its APIs are then. */
interface RealCloud {
  parts: readonly Part[];
  unavailable?(): string | undefined;
  place(site: Site): Pick<CloudUnderTest, "imageUrl" | "imageApi" | "apis" | "region" | "other" | "storesFolder">;
}

const realClouds: Record<RealCloudName, RealCloud> = {
  "glance-33": {
    parts: [glance, glanceTwo],
    place: (site) => ({
      imageUrl: imageUrl(site),
      imageApi: "v2",
      apis: { v2: imageUrl(site) },
      region,
      storesFolder: storesFolder(site),
      other: { region: regionTwo, imageUrl: imageUrl(site, "glanceTwo") },
    }),
  },
  "nova-34": {
    parts: [glance, nova],
    place: (site) => ({ imageUrl: imageUrl(site), imageApi: "v2", apis: { compute: computeUrl(site) }, region }),
  },
  "glance-15": {
    parts: [glance15],
    unavailable: () => (isInstalled() ? undefined : "Glance 15 needs a Python 2.7, and none runs here"),
    place: (site) => ({
      imageUrl: imageV1Url(site),
      imageApi: "v1",
      apis: { v1: imageV1Url(site) },
      region: regionV1,
    }),
  },
};

/** Glance 33 alone with its Keystone. Takes about 5 s. */
export async function startRealCloud(parent?: string): Promise<RunningCloud> {
  const { clouds, close } = await startRealClouds(["glance-33"], parent);
  return { ...(clouds[0] as CloudUnderTest), close };
}

/**
 * Real services on free loopback ports around one Keystone 30, with databases and image stores of their own, as many as the named
 * clouds need; a cloud that this machine cannot run says so. Logs and image bytes go to a new folder in `parent`.
 */
export async function startRealClouds(names: readonly RealCloudName[], parent = tmpdir()): Promise<RunningClouds> {
  const undo: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const template = await databaseTemplate();
    const folder = await mkdtemp(join(parent, "pulumi-glance-cloud-"));
    undo.push(() => rm(folder, { recursive: true, force: true }));
    const site = await siteIn(folder);
    const postgres = await Postgres.start(template);
    undo.push(() => postgres.stop());
    const clouds = names.map((name) => describeCloud(name, site));
    const available = clouds.filter(({ unavailable }) => unavailable === undefined);
    const parts = new Set([keystone, ...available.flatMap(({ name }) => realClouds[name].parts)]);
    await prepare([...parts], site, postgres);
    const starting = [...parts].map((part) => part.start(site));
    undo.push(() => stopAll(starting));
    await Promise.all(starting);
    return { clouds, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Those that did not start have nothing to stop. */
async function stopAll(starting: readonly Promise<Stoppable>[]): Promise<void> {
  const ended = await Promise.allSettled(starting);
  await Promise.all(ended.map((service) => (service.status === "fulfilled" ? service.value.stop() : undefined)));
}

function describeCloud(name: RealCloudName, site: Site): CloudUnderTest & { name: RealCloudName } {
  const { place, unavailable } = realClouds[name];
  const reason = unavailable?.();
  return {
    name,
    ...(reason === undefined ? {} : { unavailable: reason }),
    authUrl: authUrl(site),
    ...place(site),
    ...users,
  };
}

async function prepare(parts: readonly Part[], site: Site, postgres: Postgres): Promise<void> {
  await Promise.all([
    ...parts.map((part) => part.configure(site, postgres)),
    ...parts.map((part) => part.databases?.relocate?.(postgres)),
    pointCatalog(postgres, site, parts),
  ]);
}
