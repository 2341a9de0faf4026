import type { FastifyInstance, FastifyRequest } from "fastify";
import { sendJson } from "../../wire/reply";
import { identityPath, identityUrl } from "../context";

const versionView = (request: FastifyRequest) => ({
  id: "v3.14",
  status: "stable",
  updated: "2020-04-07T00:00:00Z",
  links: [{ rel: "self", href: `${identityUrl(request)}/` }],
  "media-types": [{ base: "application/json", type: "application/vnd.openstack.identity-v3+json" }],
});

/** Discovery, for which nobody needs a token. The server's own root answers like Keystone's, where clients begin to look. */
export function registerVersions(app: FastifyInstance): void {
  for (const url of ["/", "/identity", "/identity/"]) {
    app.get(url, async (request, reply) => {
      reply.header("location", `${identityUrl(request)}/`);
      return sendJson(reply, 300, { versions: { values: [versionView(request)] } });
    });
  }
  for (const url of [identityPath, `${identityPath}/`]) {
    app.get(url, async (request, reply) => sendJson(reply, 200, { version: versionView(request) }));
  }
}
