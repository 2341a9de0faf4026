import type { FastifyRequest } from "fastify";
import type { Image } from "../store/image";
import { defaultStore, type NewImage, type Store } from "../store/store";
import { isListed } from "../store/visibility";
import { requireAllowed } from "../v2/policy";
import { refuse } from "../v2/refusal";
import { imageId } from "../v2/service";
import type { ImageRequest } from "./body";
import type { AllianceService } from "./service";

/** The images of the environment and those that everybody sees, the newest first. */
export function listImages(store: Store, { caller }: FastifyRequest): Image[] {
  const audience = { caller, visibility: undefined, memberStatus: "accepted" } as const;
  const images = store.existing().filter((image) => isListed(image, audience));
  return images.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
}

/** The image whose id the path holds. Throws 404. */
export function findImage(store: Store, request: FastifyRequest): Image {
  const id = imageId(request);
  const image = store.findFor(request.caller, id);
  if (image === undefined) throw refuse(404, `There is no image ${id}.`);
  return image;
}

/** The same, or the only image of that name: a part of the document updates an image by it. Throws 404, and 409 for several. */
export function findNamed(store: Store, request: FastifyRequest): Image {
  const wanted = imageId(request);
  const named = listImages(store, request).filter(({ id, name }) => id !== wanted && name === wanted);
  const [only, another] = store.findFor(request.caller, wanted) ? [] : named;
  if (another !== undefined) throw refuse(409, `Several images are called ${wanted}.`);
  return only ?? findImage(store, request);
}

/** Creates an image, whose copy is made after the answer (Alliance Glance API, Create image). Throws 400. */
export async function createImage(
  { store, importer, isAllowedUri }: AllianceService,
  { caller, id: requestId }: FastifyRequest,
  wanted: ImageRequest,
): Promise<Image> {
  const { copy_from: uri } = wanted;
  if (uri !== undefined) {
    if (!wanted.disk_format || !wanted.container_format) {
      throw refuse(400, "disk_format and container_format are needed with copy_from.");
    }
    if (!(await isAllowedUri(uri))) throw refuse(400, `Nothing can be copied from ${uri}.`);
  }
  const image = await store.create({
    ...changeable(wanted),
    diskFormat: wanted.disk_format ?? null,
    containerFormat: wanted.container_format ?? null,
    owner: caller.projectId,
    visibility: "private",
    properties: new Map(uri === undefined ? [] : [["copy_from", uri]]),
  });
  if (uri === undefined) return image;
  const plan = { method: "web-download", uri, stores: [defaultStore], allMustSucceed: true } as const;
  await importer.start(image.id, plan, { caller, requestId, input: { image_id: image.id, copy_from: uri } });
  return image;
}

/** Updates an image. As in the document's example, the formats stay as they are (Alliance Glance API, Update image). Throws 403. */
export function updateImage({ store }: AllianceService, request: FastifyRequest, image: Image, wanted: ImageRequest) {
  requireAllowed("modify_image", request.caller, image);
  return store.change(image.id, (current) => ({ ...current, ...changeable(wanted) }));
}

function changeable({ name, min_ram, min_disk }: ImageRequest): NewImage {
  return {
    ...(name !== undefined && { name }),
    ...(min_ram !== undefined && { minRam: min_ram }),
    ...(min_disk !== undefined && { minDisk: min_disk }),
  };
}
