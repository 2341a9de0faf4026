import type { FastifyInstance } from "fastify";
import { adoptRequestId } from "../v2/exchange";
import { refuse } from "../v2/refusal";
import { sendNothing } from "../wire/reply";
import { environmentCaller } from "./environment";
import { registerImages } from "./images";
import { sendError } from "./respond";
import type { AllianceService } from "./service";

/**
 * Serves the Alliance Glance API v1 below its prefix. Each environment is a project, so that its images are those that the other APIs
 * show to the project of the same id.
 */
export function allianceService(service: AllianceService) {
  return async (app: FastifyInstance): Promise<void> => {
    app.decorateRequest("caller");
    app.setErrorHandler(sendError);
    app.setNotFoundHandler(({ method, url }) => {
      throw refuse(404, `There is no ${method} ${url.split("?", 1)[0]}.`);
    });
    app.addHook("onRequest", async (request, reply) => {
      if (request.method === "OPTIONS") return sendNothing(reply, 200);
      reply.header("x-openstack-request-id", adoptRequestId(request));
      request.caller = environmentCaller(request, service);
    });
    registerImages(app, service);
  };
}
