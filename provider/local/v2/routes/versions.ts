import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { sendJson } from "../../wire/reply";
import { origin } from "../../wire/request";

/** In the order in which Glance lists them; those of the image cache are missing. */
const minorVersions = [15, 13, 12, 11, 10, 9, 8, 17, 7, 6, 5, 4, 3, 2, 1, 0];
const currentVersion = 17;

const versionPath = new RegExp(`^(.*?)/v2\\.(?:${minorVersions.join("|")})(?=/|$)`);

/** Every minor version is served at its own path, too, and they are all the same. */
export const withoutMinorVersion = (url: string, prefix: string): string =>
  url.startsWith(prefix) ? prefix + url.slice(prefix.length).replace(versionPath, "$1/v2") : url;

/** `GET /versions`: what is served. No token is needed (Image API versions). */
export function registerVersions(app: FastifyInstance): void {
  app.get("/versions", async (request, reply) => sendJson(reply, 200, versions(app, request)));
}

/** The same document as the answer to a version that is not served. */
export const sendChoices = (app: FastifyInstance, request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  sendJson(reply, 300, versions(app, request));

function versions(app: FastifyInstance, request: FastifyRequest): unknown {
  const links = [{ rel: "self", href: `${origin(request)}${app.prefix}/v2/` }];
  const status = (minor: number) => (minor === currentVersion ? "CURRENT" : "SUPPORTED");
  return { versions: minorVersions.map((minor) => ({ id: `v2.${minor}`, status: status(minor), links })) };
}
