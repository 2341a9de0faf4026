import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { sendJson } from "../wire/reply";
import { origin } from "../wire/request";
import { newest, oldest } from "./microversion";
import type { Generation } from "./service";

/** What the version documents say of the two generations (nova/api/openstack/compute/versions.py). */
const facts = {
  "/v2": { id: "v2.0", status: "DEPRECATED", version: "", min_version: "", updated: "2025-07-04T12:00:00Z" },
  "/v2.1": {
    id: "v2.1",
    status: "CURRENT",
    version: newest,
    min_version: oldest,
    updated: "2013-07-23T11:33:21Z",
  },
} satisfies Record<Generation["path"], unknown>;

const paths = ["/v2", "/v2.1"] as const;

const mediaTypes = (path: Generation["path"]) => [
  { base: "application/json", type: `application/vnd.openstack.compute+json;version=${path.slice("/v".length)}` },
];

/** `GET /`: both generations. No token is needed. */
export function registerVersions(app: FastifyInstance): void {
  app.get("/", async (request, reply) => {
    const link = (path: string) => ({ rel: "self", href: `${origin(request)}${app.prefix}${path}/` });
    return sendJson(reply, 200, { versions: paths.map((path) => ({ ...facts[path], links: [link(path)] })) });
  });
}

/** `GET /v2.1/`, and the same for the other: one generation. No token is needed. */
export function sendVersion(request: FastifyRequest, reply: FastifyReply, mount: string, path: Generation["path"]) {
  const links = [
    { rel: "self", href: `${origin(request)}${mount}/` },
    { rel: "describedby", type: "text/html", href: "http://docs.openstack.org/" },
  ];
  return sendJson(reply, 200, { version: { ...facts[path], links, "media-types": mediaTypes(path) } });
}

/** The answer to a path that begins with no generation: where it would be in each. */
export function sendChoices(app: FastifyInstance, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const rest = request.url.slice(app.prefix.length).split("?", 1)[0];
  const choices = paths.map((path) => ({
    id: facts[path].id,
    status: facts[path].status,
    links: [{ rel: "self", href: `${origin(request)}${app.prefix}${path}${rest}` }],
    "media-types": mediaTypes(path),
  }));
  return sendJson(reply, 300, { choices });
}
