import type { FastifyInstance } from "fastify";
import { Fault } from "../../store/fault";
import type { Image } from "../../store/image";
import { storeIds } from "../../store/store";
import { sendNothing } from "../../wire/reply";
import { rejectBody } from "../body";
import { requireAllowed } from "../policy";
import { refuse } from "../refusal";
import { route } from "../resource";
import { type ImageService, imageId, pathParameter } from "../service";

/** Takes the bytes of an image out of one of its stores (Image API v2, Delete image from store). */
export function registerStores(app: FastifyInstance, { store }: ImageService): void {
  route(app, "/stores/:storeId/:imageId", {
    async DELETE(request, reply) {
      rejectBody(request);
      const id = imageId(request);
      const storeId = pathParameter(request, "storeId");
      if (!storeIds.some((known) => known === storeId)) {
        throw refuse(409, `The selected store ${storeId} is not available on this node.`);
      }
      const image = store.findFor(request.caller, id);
      if (image === undefined) throw refuse(404, `Failed to find image ${id}`);
      requireAllowed("get_image_location", request.caller, image);
      requireAllowed("delete_image_location", request.caller, image);
      await store.change(id, (image) => withoutStore(image, storeId));
      await store.blobs.remove(storeId, id);
      return sendNothing(reply);
    },
  });
}

function withoutStore(image: Image, storeId: string): Image {
  if (image.status !== "active") {
    throw new Fault("conflict", "It's not allowed to remove image data from store if image status is not 'active'");
  }
  if (image.stores.length === 1) {
    const advice = "Consider deleting the image instead.";
    throw new Fault("forbidden", `Cannot delete image data from the only store containing it. ${advice}`);
  }
  if (!image.stores.includes(storeId)) {
    throw new Fault("notFound", `Image ${image.id} is not stored in store ${storeId}.`);
  }
  return { ...image, stores: image.stores.filter((id) => id !== storeId) };
}
