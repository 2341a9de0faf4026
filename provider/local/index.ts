import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dialects as allDialects, mountPaths } from "./dialects";
import { identityPath } from "./keystone/context";
import type { GlanceLocal, GlanceLocalOptions } from "./options";
import { assemble } from "./server";

export type { GlanceLocal, GlanceLocalOptions } from "./options";

/**
 * Starts an OpenStack image service with its Keystone in this process: Identity API v3 as Keystone 30 answers it, and the same images
 * through each of the APIs in `dialects`. The users are admin (password secret, project admin), demo, alt (each its own password and
 * project) and reader (role reader only, in project demo); domain Default, region RegionOne. Rejects when it cannot listen or read its
 * data.
 */
export async function startGlanceLocal(options: GlanceLocalOptions = {}): Promise<GlanceLocal> {
  const {
    host = "127.0.0.1",
    port = 0,
    dataDir,
    allowHosts = [],
    dialects = allDialects,
    tokenLifetime = 3600,
  } = options;
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), "glance-local-")));
  const discard = async () => {
    if (dataDir === undefined) await rm(folder, { recursive: true, force: true });
  };
  try {
    const { app, finish } = await assemble(folder, { dialects, allowHosts, tokenLifetime });
    await app.listen({ host, port });
    const listening = app.server.address() as AddressInfo;
    const url = `http://${urlHost(host, listening)}:${listening.port}`;
    return {
      url,
      authUrl: url + identityPath,
      imageUrl: url + mountPaths.v2,
      port: listening.port,
      async close() {
        await app.close();
        await finish();
        await discard();
      },
    };
  } catch (error) {
    await discard();
    throw error;
  }
}

/** A host to reach the server at: one that listens everywhere is reached on this machine. */
function urlHost(host: string, { address }: AddressInfo): string {
  if (address === "0.0.0.0" || address === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
