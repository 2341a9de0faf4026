import type { FastifyRequest } from "fastify";
import type { Caller } from "../store/caller";
import type { Image } from "../store/image";
import { hasBody } from "../v2/body";
import { isReserved } from "../v2/names";
import { requirePropertyQuota } from "../v2/quota";
import { refuse, refuseInDetail } from "../v2/refusal";
import { imageId } from "../v2/service";
import { isTruthy } from "../wire/flag";
import { header } from "../wire/request";
import { activate } from "./activate";
import { attributesOf, requireKeepable, writableProperties } from "./attributes";
import type { Fields, Meta } from "./meta";
import { requireChangeable } from "./registry";
import { type ImageServiceV1, imageOr404, requirePublisher } from "./service";
import { externalSize, externalSource } from "./source";

const purgeHeader = "x-glance-registry-purge-props";
const lead = "Failed to update image metadata. Got error: ";

/**
 * Changes an image, or gives a queued one its bytes (Image API v1, Update image). Properties that the request does not name are removed,
 * unless it has bytes or forbids it. Throws 400, 403, 404, 409, 410, 412, 413.
 */
export async function updateImage(service: ImageServiceV1, request: FastifyRequest, meta: Meta): Promise<Image> {
  const { store, variant } = service;
  const { caller } = request;
  const { fields } = meta;
  requirePublisher(fields.is_public, caller);
  const image = imageOr404(store, caller, imageId(request));
  requireMutable(image, fields, caller);
  const isUpload = hasBody(request);
  const isPurged = !isUpload && isTruthy(header(request, purgeHeader) ?? "true");
  if (isUpload && image.status !== "queued") throw refuseInDetail(409, "Cannot upload to an unqueued image");
  const source = await externalSource(meta, service);
  if (source !== undefined && image.status !== "queued") {
    throw refuse(400, "Attempted to update Location field for an image not in queued status.");
  }
  const given = writableProperties(meta, variant);
  const merged = (present: Image["properties"]) =>
    new Map([...[...present].filter(([name]) => !isPurged || isReserved(name)), ...given]);
  requirePropertyQuota(merged(image.properties));
  const size = source === undefined ? undefined : fields.size || (await externalSize(service, source.uri));
  requireChangeable(image, caller, "update");
  const attributes = attributesOf(fields, caller);
  requireKeepable({ ...attributes, properties: given }, lead, lead);
  const changed = await store.change(image.id, (current) => ({
    ...current,
    ...attributes,
    ...(size !== undefined && { size }),
    properties: merged(current.properties),
  }));
  return isUpload || source !== undefined ? activate(service, request, changed, meta, source) : changed;
}

/** Throws 403 for fields that cannot change, or not any more. */
function requireMutable(image: Image, fields: Fields, { isAdmin }: Caller): void {
  if (image.status === "deleted") throw refuse(403, "Forbidden to update deleted image.");
  const isSettled = image.status === "active" || image.status === "deactivated";
  for (const name of isSettled && !isAdmin ? (["size", "checksum"] as const) : []) {
    if (fields[name] === undefined || fields[name] === (image[name] ?? absent[name])) continue;
    throw refuse(403, `Forbidden to modify '${name}' of ${image.status} image.`);
  }
  for (const name of ["status", "id"] as const) {
    if (fields[name] === undefined || fields[name] === image[name]) continue;
    throw refuse(403, `Forbidden to modify '${name}' of image.`);
  }
}

/** How this API shows what is not known. */
const absent = { size: 0, checksum: null };
