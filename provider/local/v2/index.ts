import type { FastifyInstance } from "fastify";
import { origin } from "../wire/request";
import { adoptRequestId, bearer, hasEmptyPart, sendError } from "./exchange";
import { registerMetadefs } from "./metadefs";
import { Refusal } from "./refusal";
import { registerActions } from "./routes/actions";
import { registerData } from "./routes/data";
import { registerImages } from "./routes/images";
import { registerImports } from "./routes/imports";
import { registerInfo } from "./routes/info";
import { registerMembers } from "./routes/members";
import { registerStores } from "./routes/stores";
import { registerTags } from "./routes/tags";
import { registerTasks } from "./routes/tasks";
import type { ImageService } from "./service";

/** Serves the Image API v2 below its prefix, as Glance 33 answers it. */
export function imageService(service: ImageService) {
  return async (app: FastifyInstance): Promise<void> => {
    app.decorateRequest("caller");
    app.setErrorHandler(sendError);
    app.addHook("onRequest", async (request, reply) => {
      request.caller = bearer(request, service);
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
    for (const register of [...groups, registerActions, registerStores, registerInfo, registerMetadefs])
      register(app, service);
  };
}
