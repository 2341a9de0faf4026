import { join } from "node:path";
import fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import type { Dialect } from "./dialects";
import { mountPaths } from "./dialects";
import { allowedAddresses, RefusedAddress } from "./imports/address";
import { Importer } from "./imports/importer";
import { recover } from "./imports/recover";
import { keystone } from "./keystone";
import { identityUrl, isAdmin } from "./keystone/context";
import { ApplicationCredentials } from "./keystone/credentials";
import { type Token, Tokens } from "./keystone/tokens";
import { mountsOf } from "./mounts";
import { type Region, regionsNamed } from "./regions";
import type { Caller } from "./store/caller";
import { Store } from "./store/store";
import { withoutMinorVersion } from "./v2/versions";
import { origin } from "./wire/request";
import { watchHandlers } from "./wire/running";

/** What a server is made of. */
export interface Assembly {
  app: FastifyInstance;
  /** Breaks off what runs and resolves when everything is on disk. The HTTP server must be closed before. */
  finish(): Promise<void>;
}

export interface AssemblyOptions {
  dialects: readonly Dialect[];
  /** Names of the regions. */
  regions: readonly string[];
  allowHosts: readonly string[];
  tokenLifetime: number;
}

/** Puts Keystone and the dialects on one HTTP server that does not listen yet, with the data in `folder`. */
export async function assemble(
  folder: string,
  { dialects, regions: names, allowHosts, tokenLifetime }: AssemblyOptions,
): Promise<Assembly> {
  const opened = regionsNamed(names, folder).map(async (region) => ({
    ...region,
    store: await openStore(region.folder),
  }));
  const regions = await Promise.all(opened);
  const credentials = await ApplicationCredentials.open(join(folder, "credentials"));
  const tokens = new Tokens(tokenLifetime);
  const app = httpServer(regions);
  const handlersEnded = watchHandlers(app);
  await app.register(keystone({ tokens, credentials, catalogued: { dialects, regions } }));
  const callerOf = (id: string) => {
    const token = tokens.find(id);
    return token && bearerOf(token);
  };
  const isAllowedUri = (uri: string) => isAllowed(uri, allowHosts);
  const storeOf = new Map(regions.map(({ name, store }) => [name.toLowerCase(), store]));
  const importers: Importer[] = [];
  for (const { mount, store } of regions) {
    const importer = new Importer(store, allowHosts, storeOf);
    importers.push(importer);
    const imageUrl = (request: FastifyRequest) => origin(request) + mount + mountPaths.v2;
    const services = { store, importer, callerOf, identityUrl, imageUrl, isAllowedUri };
    for (const { path, plugin } of mountsOf(dialects, services)) await app.register(plugin, { prefix: mount + path });
  }
  return {
    app,
    async finish() {
      await handlersEnded();
      await Promise.all(importers.map((importer) => importer.close()));
      await Promise.all([...storeOf.values(), credentials].map((kept) => kept.settled()));
    },
  };
}

async function openStore(folder: string): Promise<Store> {
  const store = await Store.open(folder);
  await recover(store);
  return store;
}

function httpServer(regions: readonly Region[]): FastifyInstance {
  const imagePaths = regions.map(({ mount }) => mount + mountPaths.v2);
  const app = fastify({
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 16_384 },
    rewriteUrl: ({ url = "/" }) => imagePaths.reduce(withoutMinorVersion, url),
  });
  // Routes read bodies themselves: images must not pass through memory.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (_request, _payload, done) => done(null));
  return app;
}

function bearerOf(token: Token): Caller {
  const { user, scope, roles } = token;
  return {
    userId: user.id,
    projectId: scope !== undefined && "project" in scope ? scope.project.id : null,
    roles: roles.map(({ name }) => name),
    isAdmin: isAdmin(token),
  };
}

async function isAllowed(uri: string, allowHosts: readonly string[]): Promise<boolean> {
  try {
    await allowedAddresses(uri, allowHosts);
    return true;
  } catch (error) {
    if (error instanceof RefusedAddress) return false;
    throw error;
  }
}
