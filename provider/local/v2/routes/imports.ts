import type { FastifyInstance } from "fastify";
import { readObject } from "../body";
import { importMethod, importPlan } from "../importRequest";
import { refuse } from "../refusal";
import { route } from "../resource";
import { type ImageService, imageId } from "../service";

/** Interoperable image import (Image API v2, Import an image). */
export function registerImports(app: FastifyInstance, { store, importer, isAllowedUri }: ImageService): void {
  route(app, "/images/:imageId/import", {
    async POST(request, reply) {
      const body = await readObject(request);
      importMethod(body);
      const { id } = store.imageFor(request.caller, imageId(request));
      const plan = importPlan(request, body, store.image(id), importer);
      if (plan?.method === "web-download" && !(await isAllowedUri(plan.uri ?? ""))) {
        throw refuse(400, `URI for web-download does not pass filtering: ${plan.uri ?? "None"}`);
      }
      if (plan !== undefined) {
        // The address was looked up meanwhile: another request may have been quicker.
        importer.requireUnlocked(id);
        const input = { image_id: id, import_req: body, backend: plan.stores };
        await importer.start(id, plan, { caller: request.caller, requestId: request.id, input });
      }
      return reply.code(202).type("text/html; charset=UTF-8").header("content-length", 0).send();
    },
  });
}
