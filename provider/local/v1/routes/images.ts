import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Image } from "../../store/image";
import { Refusal, refuse } from "../../v2/refusal";
import { route } from "../../v2/resource";
import { imageId } from "../../v2/service";
import { sendJson, sendNothing } from "../../wire/reply";
import { origin } from "../../wire/request";
import type { Handler } from "../../wire/resource";
import { createImage } from "../create";
import { listImages } from "../list";
import { readMeta } from "../meta";
import { requireChangeable } from "../registry";
import { type ImageServiceV1, imageOr404 } from "../service";
import { updateImage } from "../update";
import { validated } from "../validate";
import { dressed } from "../variant";
import { briefView, detailView, etag, imageHeaders } from "../view";
import { sendBytes } from "./bytes";

/** List, create, show, download, update and delete (Image API v1). */
export function registerImages(app: FastifyInstance, service: ImageServiceV1): void {
  const { store, variant } = service;
  const list = (request: FastifyRequest) =>
    listImages(store, request.caller, request.url, (image) => dressed(image, request, variant));
  const index: Handler = (request, reply) => sendJson(reply, 200, { images: list(request).map(briefView) });
  const answer = (request: FastifyRequest, reply: FastifyReply, status: number, changed: Image) => {
    const image = dressed(changed, request, variant);
    return sendJson(reply.headers(etag(image)), status, { image: detailView(image) });
  };
  app.route({ method: ["GET", "POST", "PUT", "DELETE"], url: "/", prefixTrailingSlash: "slash", handler: index });
  route(app, "/images", {
    GET: index,
    async POST(request, reply) {
      const image = await createImage(service, request, validated(readMeta(request)));
      reply.header("location", `${origin(request)}${app.prefix.replace(/\.\d+$/, "")}/images/${image.id}`);
      return answer(request, reply, 201, image);
    },
  });
  route(app, "/images/detail", {
    GET: (request, reply) => sendJson(reply, 200, { images: list(request).map(detailView) }),
    HEAD() {
      throw new Refusal(405, { headers: { allow: "GET" } });
    },
  });
  route(app, "/images/:imageId", {
    GET: (request, reply) => sendBytes(service, request, reply),
    HEAD(request, reply) {
      const image = imageOr404(store, request.caller, imageId(request));
      reply.type("text/html; charset=UTF-8").headers(imageHeaders(dressed(image, request, variant)));
      return sendNothing(reply, 200);
    },
    async PUT(request, reply) {
      return answer(request, reply, 200, await updateImage(service, request, validated(readMeta(request))));
    },
    async DELETE(request, reply) {
      await deleteImage(service, request);
      return sendNothing(reply.type("text/html; charset=UTF-8"), 200);
    },
  });
}

async function deleteImage({ store }: ImageServiceV1, request: FastifyRequest): Promise<void> {
  const { caller } = request;
  const image = imageOr404(store, caller, imageId(request));
  if (image.protected) throw refuse(403, "Image is protected");
  if (image.status === "pending_delete") throw refuse(403, "Forbidden to delete a pending_delete image.");
  if (image.status === "deleted") throw refuse(404, `Image ${image.id} not found.`);
  requireChangeable(image, caller, "delete");
  await store.delete(image.id);
}
