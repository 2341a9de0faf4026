import type { FastifyInstance, FastifyRequest } from "fastify";
import { Fault } from "../../store/fault";
import type { Image } from "../../store/image";
import type { Store } from "../../store/store";
import { sendNothing } from "../../wire/reply";
import { rejectBody } from "../body";
import { requireAllowed } from "../policy";
import { requireTagQuota } from "../quota";
import { Refusal, refuse } from "../refusal";
import { route } from "../resource";
import { validateImage } from "../schema/validate";
import { type ImageService, imageId, pathParameter } from "../service";
import { requireStorableTag } from "../values";

/** Single tags (Image API v2, Image tags). */
export function registerTags(app: FastifyInstance, { store }: ImageService): void {
  route(app, "/images/:imageId/tags/:tag", {
    async PUT(request, reply) {
      rejectBody(request);
      const tag = pathParameter(request, "tag");
      validateImage({ tags: [tag] });
      const { id } = changeable(store, request);
      await store.change(id, (image) => withTag(image, tag));
      return sendNothing(reply);
    },
    async DELETE(request, reply) {
      rejectBody(request);
      const tag = pathParameter(request, "tag");
      const { id, tags } = changeable(store, request);
      if (!tags.includes(tag)) throw new Refusal(404);
      await store.change(id, (image) => ({ ...image, tags: image.tags.filter((other) => other !== tag) }));
      return sendNothing(reply);
    },
  });
}

function changeable(store: Store, request: FastifyRequest): Image {
  const id = imageId(request);
  const image = store.findFor(request.caller, id);
  if (image === undefined) throw refuse(404, `Image ${id} not found.`);
  requireAllowed("modify_image", request.caller, image);
  return image;
}

function withTag(image: Image, tag: string): Image {
  const tags = [...new Set([...image.tags, tag])];
  try {
    requireTagQuota(tags);
    requireStorableTag(tag);
  } catch (error) {
    throw explained(error as Fault, image.id);
  }
  return { ...image, tags };
}

const explained = ({ kind, message }: Fault, id: string) =>
  kind === "overQuota"
    ? new Fault(kind, `Image tag limit exceeded for image ${id}: ${message}:`)
    : new Fault(kind, `Could not update image: ${message}`);
