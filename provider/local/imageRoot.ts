import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from "fastify";
import { sendError } from "./v2/exchange";
import { sendJson } from "./wire/reply";
import { origin } from "./wire/request";

/** A major version of the Image API. */
export interface ImageVersion {
  /** Below the image service; synonyms after the first. */
  paths: readonly [string, ...string[]];
  /** What the list of versions says of it. */
  listed: readonly { id: string; status: string }[];
  plugin: FastifyPluginAsync;
}

/** Serves versions of the Image API below its prefix; any other is answered with the list of those that are served (Image API versions). */
export function imageRoot(versions: readonly ImageVersion[]): FastifyPluginAsync {
  return async (app) => {
    app.setErrorHandler(sendError);
    app.setNotFoundHandler((request, reply) => sendJson(reply, 300, choices(app, request, versions)));
    app.get("/versions", async (request, reply) => sendJson(reply, 200, choices(app, request, versions)));
    for (const { paths, plugin } of versions) {
      for (const prefix of paths) await app.register(plugin, { prefix });
    }
  };
}

function choices({ prefix }: FastifyInstance, request: FastifyRequest, versions: readonly ImageVersion[]): unknown {
  const entries = versions.flatMap(({ paths: [path], listed }) => {
    const links = [{ rel: "self", href: `${origin(request)}${prefix}${path}/` }];
    return listed.map((version) => ({ ...version, links }));
  });
  return { versions: entries };
}
