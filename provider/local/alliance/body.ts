import type { FastifyRequest } from "fastify";
import { readJson } from "../v2/body";
import { refuse } from "../v2/refusal";
import { imageProperties } from "../v2/schema/image";
import type { NamedSchema, ValueSchema } from "../v2/schema/types";
import { validate } from "../v2/schema/validate";
import { requireStorable } from "../v2/values";

/** What a request may say of an image (Alliance Glance API, Create image). */
export interface ImageRequest {
  name?: string | null;
  disk_format?: string | null;
  container_format?: string | null;
  copy_from?: string;
  min_ram?: number;
  min_disk?: number;
}

const names = ["name", "disk_format", "container_format", "min_ram", "min_disk"];

const attributes = Object.fromEntries(
  Object.entries(imageProperties).filter(([name]) => names.includes(name)),
) as Record<string, ValueSchema>;

/** A change says the same as a creation, except where the bytes come from. */
export const changeSchema: NamedSchema = { name: "image", properties: attributes, additionalProperties: false };

export const creationSchema: NamedSchema = {
  ...changeSchema,
  properties: { ...attributes, copy_from: { type: "string" } },
};

/** The image in the body of a request, wrapped in `image` as documented, or bare as in answers. Throws 400. */
export async function readImage(request: FastifyRequest, schema: NamedSchema): Promise<ImageRequest> {
  const body = await readJson(request);
  const image: unknown = "image" in body ? body.image : body;
  if (typeof image !== "object" || image === null || Array.isArray(image)) {
    throw refuse(400, 'The body must be {"image": {…}}.');
  }
  validate(image, schema);
  const given = image as ImageRequest;
  requireStorable({ name: given.name ?? null, minDisk: given.min_disk ?? 0, minRam: given.min_ram ?? 0 });
  return given;
}
