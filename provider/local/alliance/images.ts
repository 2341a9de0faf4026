import type { FastifyInstance } from "fastify";
import { requireAllowed } from "../v2/policy";
import { Refusal } from "../v2/refusal";
import { sendJson, sendNothing } from "../wire/reply";
import { header } from "../wire/request";
import { type Handler, resource } from "../wire/resource";
import { changeSchema, creationSchema, readImage } from "./body";
import { listFormHeader, listText } from "./forms";
import { createImage, findImage, findNamed, listImages, updateImage } from "./operations";
import type { AllianceService } from "./service";
import { imageView } from "./view";

/** List, get, create, update and delete (Alliance Glance API, Image). */
export function registerImages(app: FastifyInstance, service: AllianceService): void {
  const { store } = service;
  // The document writes this address with a slash at its end and without.
  for (const url of ["/images", "/images/"]) {
    resource(
      app,
      url,
      {
        GET(request, reply) {
          const text = listText(listImages(store, request).map(imageView), header(request, listFormHeader));
          return reply.type("application/json").send(Buffer.from(text));
        },
        async POST(request, reply) {
          const image = await createImage(service, request, await readImage(request, creationSchema));
          return sendJson(reply, 201, imageView(image));
        },
      },
      refuseMethod,
    );
  }
  resource(
    app,
    "/images/:imageId",
    {
      GET: (request, reply) => sendJson(reply, 200, imageView(findImage(store, request))),
      async PATCH(request, reply) {
        const wanted = await readImage(request, changeSchema);
        return sendJson(reply, 200, imageView(await updateImage(service, request, findImage(store, request), wanted)));
      },
      async PUT(request, reply) {
        const wanted = await readImage(request, changeSchema);
        return sendJson(reply, 200, imageView(await updateImage(service, request, findNamed(store, request), wanted)));
      },
      async DELETE(request, reply) {
        const image = findImage(store, request);
        requireAllowed("delete_image", request.caller, image);
        await store.delete(image.id);
        return sendNothing(reply, 200);
      },
    },
    refuseMethod,
  );
}

const refuseMethod =
  (allow: string): Handler =>
  ({ method }) => {
    throw new Refusal(405, { explanation: `The method ${method} is not allowed here.`, headers: { allow } });
  };
