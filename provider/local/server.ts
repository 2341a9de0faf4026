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
  allowHosts: readonly string[];
  tokenLifetime: number;
}

/** Puts Keystone and the dialects on one HTTP server that does not listen yet, with the data in `folder`. */
export async function assemble(
  folder: string,
  { dialects, allowHosts, tokenLifetime }: AssemblyOptions,
): Promise<Assembly> {
  const store = await Store.open(folder);
  await recover(store);
  const credentials = await ApplicationCredentials.open(join(folder, "credentials"));
  const importer = new Importer(store, allowHosts);
  const tokens = new Tokens(tokenLifetime);
  const app = httpServer();
  const handlersEnded = watchHandlers(app);
  await app.register(keystone({ tokens, credentials, dialects }));
  const callerOf = (id: string) => {
    const token = tokens.find(id);
    return token && bearerOf(token);
  };
  const isAllowedUri = (uri: string) => isAllowed(uri, allowHosts);
  const imageUrl = (request: FastifyRequest) => origin(request) + mountPaths.v2;
  const services = { store, importer, callerOf, identityUrl, imageUrl, isAllowedUri };
  for (const { path, plugin } of mountsOf(dialects, services)) await app.register(plugin, { prefix: path });
  return {
    app,
    async finish() {
      await handlersEnded();
      await importer.close();
      await Promise.all([store.settled(), credentials.settled()]);
    },
  };
}

function httpServer(): FastifyInstance {
  const app = fastify({
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 16_384 },
    rewriteUrl: ({ url = "/" }) => withoutMinorVersion(url, mountPaths.v2),
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
