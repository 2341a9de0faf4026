import { startGlanceLocal } from "../../../provider/local/index";
import type { RunningCloud } from "./runningCloud";
import { region, users } from "./users";

/** The embedded server on a free loopback port, with a data folder of its own. */
export async function startLocalCloud(): Promise<RunningCloud> {
  const server = await startGlanceLocal({ allowHosts: ["127.0.0.1"] });
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
    ...users,
    close: () => server.close(),
  };
}
