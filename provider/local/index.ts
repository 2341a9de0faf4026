import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { dialects as allDialects, mountPaths } from "./dialects";
import { type FaultRule, startFaultProxy } from "./faults/proxy";
import { identityPath } from "./keystone/context";
import { addressOf, type Place } from "./listening";
import type { GlanceLocal, GlanceLocalOptions } from "./options";
import { defaultRegion } from "./regions";
import { assemble } from "./server";

export type { GlanceLocal, GlanceLocalOptions } from "./options";

/**
 * Starts an OpenStack image service with its Keystone in this process: Identity API v3 as Keystone 30 answers it, and the same images
 * through each of the APIs in `dialects`. The users are admin (password secret, project admin), demo, alt (each its own password and
 * project) and reader (role reader only, in project demo); domain Default. Rejects when it cannot listen or read its data, and for names
 * of regions that cannot be.
 */
export async function startGlanceLocal(options: GlanceLocalOptions = {}): Promise<GlanceLocal> {
  const {
    host = "127.0.0.1",
    port = 0,
    dataDir,
    allowHosts = [],
    dialects = allDialects,
    regions = [defaultRegion],
    tokenLifetime = 3600,
    faults: rules,
  } = options;
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), "glance-local-")));
  const discard = async () => {
    if (dataDir === undefined) await rm(folder, { recursive: true, force: true });
  };
  try {
    const { app, finish } = await assemble(folder, { dialects, regions, allowHosts, tokenLifetime });
    const standing = await listen(app, { host, port }, rules);
    const { url, faults } = standing;
    return {
      ...standing,
      authUrl: url + identityPath,
      imageUrl: url + mountPaths.v2,
      region: regions[0] ?? defaultRegion,
      async close() {
        await faults?.close();
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

/** Lets the server listen. With rules it does so on this machine only, and a proxy that injects their faults stands at its place. */
async function listen(app: FastifyInstance, place: Place, rules: readonly FaultRule[] | undefined): Promise<Standing> {
  if (rules === undefined) {
    await app.listen(place);
    return addressOf(app.server, place);
  }
  const upstream = await app.listen({ host: "127.0.0.1", port: 0 });
  try {
    const faults = await startFaultProxy({ upstream, rules, ...place });
    return { url: faults.url, port: faults.port, faults };
  } catch (error) {
    await app.close();
    throw error;
  }
}

type Standing = Pick<GlanceLocal, "url" | "port" | "faults">;
