import type { FastifyRequest } from "fastify";
import type { Image } from "../store/image";

/** What a vendor's image service adds to the Image API v1. */
export interface Variant {
  /** Whether a property is the server's own: clients cannot write it. */
  isOwn(property: string): boolean;
  /** All properties that an image is shown with. */
  properties(image: Image, request: FastifyRequest): ReadonlyMap<string, string>;
}

/** The Image API v1 as Glance has it. */
export const standard: Variant = {
  isOwn: () => false,
  properties: ({ properties }) => properties,
};

/** An image as the clients of a variant know it. Without bytes it has the size 0; the newer API knows no size yet. */
export const dressed = (image: Image, request: FastifyRequest, variant: Variant): Image => ({
  ...image,
  size: image.size ?? 0,
  properties: variant.properties(image, request),
});
