import type { FastifyRequest } from "fastify";
import type { Image } from "../store/image";
import { hasBody } from "../v2/body";
import { requirePropertyQuota } from "../v2/quota";
import { refuse } from "../v2/refusal";
import { isUuid } from "../v2/uuid";
import { activate, requireKnownScheme } from "./activate";
import { attributesOf, requireKeepable, writableProperties } from "./attributes";
import type { Meta } from "./meta";
import { quoted } from "./registry";
import { type ImageServiceV1, requirePublisher } from "./service";
import { externalSize, externalSource } from "./source";

const lead = "Failed to reserve image. Got error: ";

/**
 * Creates an image, with bytes if the request has or names some (Image API v1, Create image). Refused bytes leave the image, queued or
 * killed. Throws 400, 403, 404, 409, 410, 412, 413.
 */
export async function createImage(service: ImageServiceV1, request: FastifyRequest, meta: Meta): Promise<Image> {
  const { store, variant } = service;
  const { caller } = request;
  const { fields } = meta;
  requirePublisher(fields.is_public, caller);
  requirePropertyQuota(meta.properties);
  const source = await externalSource(meta, service);
  requireKnownScheme(fields.store);
  const size = source === undefined ? fields.size : fields.size || (await externalSize(service, source.uri));
  const id = idOf(fields.id, service);
  const properties = writableProperties(meta, variant);
  const attributes = { ...attributesOf(fields, caller), properties };
  requireKeepable(attributes, lead, "Failed to add image metadata. Got error: ");
  const image = await store.create({
    owner: caller.projectId,
    ...attributes,
    ...(id && { id }),
    ...(fields.created_at && { createdAt: fields.created_at }),
    size: size ?? null,
    status: fields.size === 0 && source === undefined && !hasBody(request) ? "active" : "queued",
  });
  return activate(service, request, image, meta, source);
}

function idOf(id: string | null | undefined, { store }: ImageServiceV1): string | undefined {
  if (!id) return undefined;
  if (!isUuid(id)) throw quoted(400, refuse(400, "Invalid image id format"), lead);
  if (store.record(id) !== undefined) throw refuse(409, `An image with identifier ${id} already exists`);
  return id;
}
