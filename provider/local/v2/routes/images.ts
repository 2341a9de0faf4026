import type { FastifyInstance, FastifyRequest } from "fastify";
import { importMethods } from "../../imports/plan";
import type { Image } from "../../store/image";
import { type Store, storeIds } from "../../store/store";
import { isVisible } from "../../store/visibility";
import { sendJson, sendNothing } from "../../wire/reply";
import { origin } from "../../wire/request";
import { readObject, rejectBody } from "../body";
import { createImage } from "../create";
import { pageLinks } from "../list/parameters";
import { listRequest } from "../list/request";
import { invisible, selectImages } from "../list/select";
import { applyOperations } from "../patch/apply";
import { readOperations } from "../patch/operations";
import { isAllowed, requireAllowed } from "../policy";
import { refuse } from "../refusal";
import { route } from "../resource";
import { type ImageService, imageId } from "../service";
import { imageView } from "../view";

/** Create, list, show, update and delete (Image API v2, Images). */
export function registerImages(app: FastifyInstance, { store }: ImageService): void {
  route(app, "/images", {
    async GET(request, reply) {
      const wanted = listRequest(request.url);
      requireAllowed("get_images", request.caller);
      const found = selectImages(store, request.caller, wanted);
      const shown = found.filter((image) => isAllowed("get_image", request.caller, image));
      const marker = found.length === wanted.limit ? shown.at(-1)?.id : undefined;
      const images = shown.map((image) => imageView(image, store, request.caller));
      const links = pageLinks("/v2/images", request.url, marker);
      return sendJson(reply, 200, { images, ...links, schema: "/v2/schemas/images" });
    },
    async POST(request, reply) {
      const image = await createImage(store, request.caller, await readObject(request));
      reply.headers({
        location: `${origin(request)}${app.prefix}/images/${image.id}`,
        "openstack-image-import-methods": importMethods.join(","),
        "openstack-image-store-ids": storeIds.join(","),
      });
      return sendJson(reply, 201, imageView(image, store, request.caller));
    },
  });
  route(app, "/images/:imageId", {
    async GET(request, reply) {
      rejectBody(request);
      const image = store.imageFor(request.caller, imageId(request));
      requireAllowed("get_image", request.caller, image);
      return sendJson(reply, 200, imageView(image, store, request.caller));
    },
    async PATCH(request, reply) {
      return sendJson(reply, 200, imageView(await update(store, request), store, request.caller));
    },
    async DELETE(request, reply) {
      rejectBody(request);
      const id = imageId(request);
      const image = store.findFor(request.caller, id);
      if (image === undefined) throw refuse(404, `Failed to find image ${id} to delete`);
      requireAllowed("delete_image", request.caller, image);
      await store.delete(id);
      return sendNothing(reply);
    },
  });
}

async function update(store: Store, request: FastifyRequest): Promise<Image> {
  const operations = await readOperations(request);
  const image = store.imageFor(request.caller, imageId(request));
  if (operations.length === 0) return image;
  const changed = await store.change(image.id, (current) => applyOperations(current, operations, request.caller));
  // Somebody who gave the image away can no longer see it; it is given away all the same.
  if (!isVisible(changed, request.caller)) throw invisible(image.id);
  return changed;
}
