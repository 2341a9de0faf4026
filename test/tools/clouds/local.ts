import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startGlanceLocal } from "../../../provider/local/index";
import type { RunningCloud } from "./runningCloud";
import { region, regionTwo, users } from "./users";

/** The embedded server on a free loopback port, with a data folder of its own. */
export async function startLocalCloud(): Promise<RunningCloud> {
  const dataDir = await mkdtemp(join(tmpdir(), "pulumi-glance-local-"));
  const server = await startGlanceLocal({ dataDir, allowHosts: ["127.0.0.1"], regions: [region, regionTwo] });
  return {
    name: "local",
    authUrl: server.authUrl,
    imageUrl: server.imageUrl,
    imageApi: "v2",
    apis: {
      v2: server.imageUrl,
      v1: server.imageUrl,
      platform9: `${server.url}/glance`,
      compute: `${server.url}/compute`,
      computeXml: `${server.url}/compute`,
      alliance: `${server.url}/alliance`,
    },
    region,
    storesFolder: join(dataDir, "stores"),
    other: { region: regionTwo, imageUrl: `${server.url}/regions/${regionTwo}/image` },
    ...users,
    async close() {
      await server.close();
      await rm(dataDir, { recursive: true });
    },
  };
}
