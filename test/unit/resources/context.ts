import { capabilitiesOf } from "../../../provider/glance/discover";
import { createV2 } from "../../../provider/glance/v2";
import { Leftovers } from "../../../provider/image/stamp";
import { Transfers } from "../../../provider/image/transfer/transfers";
import type { Place, ResourceContext } from "../../../provider/resources/resource";
import { type Script, ScriptedServer } from "../glance/server";
import { PlainSession } from "../glance/session";

/** What resources get of a door whose cloud is a scripted image service. */
export interface CloudContext {
  context: ResourceContext;
  server: ScriptedServer;
  /** Where resources asked to be connected to, so far. */
  places: Place[];
}

/** Starts one cloud per test and ends it afterwards. `project`: the one that the credentials are for. */
export function useContext(): (script: Script, project?: string) => Promise<CloudContext> {
  const servers: ScriptedServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });
  return async (script, project) => {
    const server = await ScriptedServer.start(script);
    servers.push(server);
    const images = createV2(new PlainSession(server.url), server.url);
    const places: Place[] = [];
    const context: ResourceContext = {
      directory: process.cwd(),
      async connect(where) {
        places.push(where);
        return { images, leftovers: new Leftovers(images), projectId: async () => project, transfers: new Transfers() };
      },
      capabilities: ({ api }) => capabilitiesOf(api),
    };
    return { context, server, places };
  };
}
