import { randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { header, origin } from "../wire/request";
import { errorFormat } from "./accept";
import { errorBody } from "./errorBody";
import { asRefusal, Refusal } from "./refusal";
import { registerActions } from "./routes/actions";
import { registerData } from "./routes/data";
import { registerImages } from "./routes/images";
import { registerImports } from "./routes/imports";
import { registerInfo } from "./routes/info";
import { registerMembers } from "./routes/members";
import { registerStores } from "./routes/stores";
import { registerTags } from "./routes/tags";
import { registerTasks } from "./routes/tasks";
import { registerVersions, sendChoices } from "./routes/versions";
import type { ImageService } from "./service";

const longestRequestId = 64;

/** Serves the Image API v2 below its prefix; every other version is answered with the list of those that are served. */
export function imageService(service: ImageService) {
  return async (app: FastifyInstance): Promise<void> => {
    app.setErrorHandler(sendError);
    app.setNotFoundHandler((request, reply) => sendChoices(app, request, reply));
    registerVersions(app);
    await app.register(async (v2) => registerV2(v2, service), { prefix: "/v2" });
  };
}

function registerV2(app: FastifyInstance, service: ImageService): void {
  app.decorateRequest("caller");
  app.addHook("onRequest", async (request, reply) => {
    identify(request, service);
    reply.header("x-openstack-request-id", adoptRequestId(request));
    if (hasEmptyPart(request.url)) throw new Refusal(404);
  });
  app.setNotFoundHandler((request, reply) => {
    const isBare = request.url.split("?", 1)[0] === app.prefix;
    if (!isBare) throw new Refusal(404);
    return reply
      .code(302)
      .header("location", `${origin(request)}${app.prefix}/`)
      .send();
  });
  const groups = [registerImages, registerData, registerImports, registerTasks, registerMembers, registerTags];
  for (const register of [...groups, registerActions, registerStores, registerInfo]) register(app, service);
}

/** A name in a path is never empty. A slash in it ends it, whichever way it is written. */
const hasEmptyPart = (url: string) => /\/(?:\/|$)|%2f/i.test(url.split("?", 1)[0] ?? "");

function identify(request: FastifyRequest, { callerOf, identityUrl }: ImageService): void {
  const caller = callerOf(header(request, "x-auth-token") ?? "");
  if (caller === undefined) {
    throw new Refusal(401, { headers: { "www-authenticate": `Keystone uri="${identityUrl(request)}"` } });
  }
  request.caller = caller;
}

/** The id by which this request is known: the client's own, if it has one. Throws an error that is answered with 500. */
function adoptRequestId(request: FastifyRequest): string {
  const wanted = header(request, "x-openstack-request-id") || `req-${randomUUID()}`;
  if (wanted.length > longestRequestId) throw new TypeError("the request id is too long");
  request.id = wanted.startsWith("req-") ? wanted : `req-${wanted}`;
  return request.id;
}

function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = asRefusal(error);
  if (refusal.status === 500) request.log.error(error);
  const { method } = request;
  const mentioned = { method, contentType: header(request, "content-type") };
  const { type, body } = errorBody(refusal, errorFormat(header(request, "accept")), mentioned);
  return reply.code(refusal.status).headers(refusal.headers).type(type).send(Buffer.from(body));
}
