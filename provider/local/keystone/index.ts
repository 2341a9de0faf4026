import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type { Identity } from "./context";
import { pathNotFound, sendError } from "./refuse";
import { registerCredentials } from "./routes/credentials";
import { registerTokens } from "./routes/tokens";
import { registerVersions } from "./routes/versions";

/** Serves Keystone v3 below `/identity/v3`, and 404 for every path that nobody else serves. */
export function keystone(identity: Identity) {
  return async (app: FastifyInstance): Promise<void> => {
    app.addHook("onRequest", async (_request, reply) => {
      reply.headers({ vary: "X-Auth-Token", "x-openstack-request-id": `req-${randomUUID()}` });
    });
    app.setErrorHandler(sendError);
    app.setNotFoundHandler(pathNotFound);
    registerVersions(app);
    registerTokens(app, identity);
    registerCredentials(app, identity);
  };
}
