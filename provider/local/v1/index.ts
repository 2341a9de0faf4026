import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { adoptRequestId, bearer, hasEmptyPart, sendError } from "../v2/exchange";
import { Refusal } from "../v2/refusal";
import type { ImageService } from "../v2/service";
import { sendNothing } from "../wire/reply";
import { origin } from "../wire/request";
import { platform9 as platform9Variant } from "./platform9";
import { registerImages } from "./routes/images";
import { registerMembers } from "./routes/members";
import { standard } from "./variant";

/** Which Image API v1 is served. */
export interface ImageServiceV1Options {
  /** With the properties that Platform9 adds to each image. Default false. */
  platform9?: boolean;
}

/**
 * Serves the Image API v1 as Glance 15 answers it, below a prefix that names the version: `/v1`, or one of its synonyms `/v1.0` and
 * `/v1.1`. Its images are those of the other APIs on the same store: public ones are public here, all others are not.
 */
export function imageServiceV1(service: ImageService, { platform9 = false }: ImageServiceV1Options = {}) {
  const variant = platform9 ? platform9Variant : standard;
  return async (app: FastifyInstance): Promise<void> => {
    app.decorateRequest("caller");
    app.setErrorHandler(sendError);
    app.addHook("onRequest", async (request, reply) => {
      if (request.method === "OPTIONS") return sendNothing(reply, 200);
      request.caller = bearer(request, service, "'");
      reply.header("x-openstack-request-id", adoptRequestId(request));
      if (hasEmptyPart(request.url) && pathOf(request) !== `${app.prefix}/`) throw new Refusal(404);
    });
    app.addHook("onSend", async ({ method }, _reply, payload) => (method === "HEAD" ? "" : payload));
    app.setNotFoundHandler((request, reply) => {
      if (pathOf(request) !== app.prefix) throw new Refusal(404);
      return sendSlash(app, request, reply);
    });
    const closing = new AbortController();
    app.addHook("preClose", async () => closing.abort());
    const served = { ...service, variant, closing: closing.signal };
    registerImages(app, served);
    registerMembers(app, served);
  };
}

const pathOf = ({ url }: FastifyRequest) => url.split("?", 1)[0] ?? "";

/** The list of images is at the same path with a slash. */
function sendSlash({ prefix }: FastifyInstance, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const location = `${origin(request)}${prefix}/`;
  return reply.code(302).type("text/plain; charset=utf8").header("location", location).send();
}
