import { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import { FailedDownload } from "../../imports/download";
import type { Image } from "../../store/image";
import { refuse, refuseInDetail } from "../../v2/refusal";
import { imageId } from "../../v2/service";
import { type ImageServiceV1, imageOr404 } from "../service";
import { missingFile } from "../source";
import { dressed } from "../variant";
import { imageHeaders } from "../view";

/** Sends an active image with what is known of it; ranges are overlooked. Throws 403, 404. */
export async function sendBytes(
  service: ImageServiceV1,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const image = dressed(imageOr404(service.store, request.caller, imageId(request)), request, service.variant);
  requireActive(image);
  const bytes = await bytesOf(service, image);
  reply.type("application/octet-stream").headers(imageHeaders(image));
  return reply.header("content-length", image.size ?? 0).send(bytes);
}

function requireActive({ id, status }: Image): void {
  if (status === "deactivated") throw refuseInDetail(403, `Image ${id} is deactivated`);
  if (status !== "active") throw refuseInDetail(404, `Image ${id} is not active`);
}

async function bytesOf(service: ImageServiceV1, image: Image): Promise<Readable | Buffer> {
  const [place] = image.stores;
  if (image.size === 0) return Buffer.alloc(0);
  if (place !== undefined) return service.store.blobs.read(place, image.id);
  if (image.location === undefined) throw refuse(404, `No bytes of image ${image.id} can be found`);
  return Readable.from(await externalBytes(service, image.location));
}

async function externalBytes({ importer, closing }: ImageServiceV1, location: string): Promise<AsyncIterable<Buffer>> {
  try {
    return (await importer.download(location, closing)).source;
  } catch (error) {
    throw error instanceof FailedDownload && error.status === 404 ? missingFile() : error;
  }
}
