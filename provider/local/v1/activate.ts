import type { FastifyRequest } from "fastify";
import type { Image } from "../store/image";
import { hasBody } from "../v2/body";
import { refuse } from "../v2/refusal";
import { header, mediaType } from "../wire/request";
import type { Meta } from "./meta";
import type { ImageServiceV1 } from "./service";
import { type ExternalSource, externalSize } from "./source";
import { kill, receive } from "./transfer";

const writableSchemes = ["file", "filesystem"];
const readOnlySchemes = ["http", "https"];

/** Throws 400 for a kind of store that there is not. */
export function requireKnownScheme(scheme: string | null | undefined): void {
  if (!scheme || [...writableSchemes, ...readOnlySchemes].includes(scheme)) return;
  throw refuse(400, `Required store ${scheme} is invalid`);
}

/**
 * Gives a queued image the bytes that its request has or names, and returns it as it is then; a copy from the web goes on afterwards.
 * After glance/api/v1/images.py, _handle_source. Throws 400, 409, 410, 412.
 */
export async function activate(
  service: ImageServiceV1,
  request: FastifyRequest,
  image: Image,
  { fields, copyFrom }: Meta,
  source: ExternalSource | undefined,
): Promise<Image> {
  const isUpload = hasBody(request);
  if ([isUpload, fields.location, copyFrom].filter(Boolean).length > 1) {
    throw refuse(400, "It's invalid to provide multiple image sources.");
  }
  if (isUpload) return upload(service, request, image);
  if (source === undefined) return image;
  if (!source.isCopied) return refer(service, image, source.uri);
  service.importer.goOn(copy(service, image, source.uri));
  return image;
}

async function upload({ store }: ImageServiceV1, request: FastifyRequest, image: Image): Promise<Image> {
  requireFormats(image);
  const scheme = header(request, "x-image-meta-store") ?? "file";
  if (readOnlySchemes.includes(scheme)) {
    await kill(store, image.id);
    throw refuse(410, "Error in store configuration. Adding images to store is disabled.");
  }
  if (!writableSchemes.includes(scheme)) throw refuse(400, `Store for scheme ${scheme} not found`);
  if (mediaType(request) !== "application/octet-stream") {
    await kill(store, image.id);
    throw refuse(400, "Content-Type must be application/octet-stream");
  }
  return receive(store, image.id, request.raw, image);
}

/** A file whose server does not say its size may have any. */
async function copy({ store, importer }: ImageServiceV1, { id, checksum }: Image, uri: string): Promise<void> {
  try {
    const { source } = await importer.download(uri);
    await receive(store, id, source, { size: null, checksum });
  } catch (error) {
    if (store.exists(id) && store.image(id).status === "queued") await kill(store, id);
    throw error;
  }
}

/** The bytes stay where they are. */
async function refer(service: ImageServiceV1, image: Image, location: string): Promise<Image> {
  requireFormats(image);
  const size = await externalSize(service, location);
  if (image.size && size && image.size !== size) {
    const sizes = `provided size: ${image.size}, stored size: ${size}`;
    throw refuse(409, `Provided image size must match the stored image size. (${sizes})`);
  }
  return service.store.change(image.id, (current) => ({ ...current, location, status: "active" }));
}

function requireFormats({ diskFormat, containerFormat }: Image): void {
  if (!diskFormat) throw refuse(400, "Disk format is not specified.");
  if (!containerFormat) throw refuse(400, "Container format is not specified.");
}
