import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Image } from "../../store/image";
import { defaultStore, type Store, storeIds } from "../../store/store";
import { stage, upload } from "../../store/uploads";
import { sendNothing } from "../../wire/reply";
import { header, mediaType } from "../../wire/request";
import { rejectBody } from "../body";
import { Parameters } from "../list/parameters";
import { requireAllowed } from "../policy";
import { byteRange } from "../range";
import { refuse, refuseInDetail } from "../refusal";
import { route } from "../resource";
import { type ImageService, imageId } from "../service";

/** Upload, download and stage (Image API v2, Image data). */
export function registerData(app: FastifyInstance, { store }: ImageService): void {
  route(app, "/images/:imageId/file", {
    async GET(request, reply) {
      rejectBody(request);
      const image = downloadable(store, request);
      const place = preferredStore(image, request);
      if (place === undefined) return sendNothing(reply);
      return sendBytes(store, request, reply, { image, place });
    },
    async PUT(request, reply) {
      const size = readHead(request);
      const target = header(request, "x-image-meta-store") ?? defaultStore;
      if (!storeIds.some((id) => id === target)) throw refuse(400, `Store for identifier ${target} not found`);
      const image = store.imageFor(request.caller, imageId(request));
      requireAllowed("upload_image", request.caller, image);
      await upload(store, image.id, { source: request.raw, size, store: target });
      return sendNothing(reply);
    },
  });
  route(app, "/images/:imageId/stage", {
    async PUT(request, reply) {
      const size = readHead(request);
      const image = store.imageFor(request.caller, imageId(request));
      requireAllowed("modify_image", request.caller, image);
      await stage(store, image.id, { source: request.raw, size });
      return sendNothing(reply);
    },
  });
}

/** Checks the media type and returns how many bytes must come. Throws 415 and 400. */
function readHead(request: FastifyRequest): number | undefined {
  const type = mediaType(request);
  if (type !== "application/octet-stream") throw refuseInDetail(415, `Invalid content type ${type ?? "None"}`);
  const size = header(request, "x-openstack-image-size");
  if (size === undefined) return Number(header(request, "content-length")) || undefined;
  if (!/^\s*[+-]?\d+\s*$/.test(size)) throw refuse(400, "Invalid or missing image size in request headers.");
  return Number(size) || undefined;
}

function downloadable(store: Store, request: FastifyRequest): Image {
  const { caller } = request;
  const image = store.imageFor(caller, imageId(request));
  if (image.status === "deactivated" && !caller.isAdmin) {
    throw refuse(403, "The requested image has been deactivated. Image data download is forbidden.");
  }
  requireAllowed("download_image", caller, image);
  return image;
}

/** The store to read from: the first of those that `prefer` names, or else the first that has the bytes. Throws 400. */
function preferredStore({ stores }: Image, request: FastifyRequest): string | undefined {
  const names = (Parameters.of(request.url).take("prefer") ?? "").split(",").map((name) => name.trim());
  const preferred = names.filter((name) => name !== "");
  const unknown = preferred.find((name) => !storeIds.some((id) => id === name));
  if (unknown !== undefined) throw refuse(400, `Store '${unknown}' is not configured.`);
  return stores.find((id) => preferred.includes(id)) ?? stores[0];
}

function sendBytes(
  store: Store,
  request: FastifyRequest,
  reply: FastifyReply,
  { image, place }: { image: Image; place: string },
): FastifyReply {
  const { id, size, checksum } = image;
  if (size === null) throw new TypeError(`the bytes of ${id} were refused`);
  const wanted = header(request, "range");
  const range = wanted === undefined ? undefined : byteRange(wanted, size);
  reply.type("application/octet-stream").header("content-md5", checksum ?? "");
  if (range === undefined) {
    return reply.header("content-length", size).send(store.blobs.read(place, id));
  }
  const { start, end } = range;
  reply.code(206).header("content-range", `bytes ${start}-${end}/${size}`);
  return reply.header("content-length", end - start + 1).send(store.blobs.read(place, id, range));
}
