import type { CallOptions, GlanceImage, ImageApi } from "../glance/api";
import { GlanceError } from "../http/errors";

/** An image that somebody else made. Throws NOT_FOUND. */
export async function existingImage(images: ImageApi, id: string, options: CallOptions): Promise<GlanceImage> {
  const image = await images.get(id, options);
  if (image) return image;
  throw new GlanceError({
    code: "NOT_FOUND",
    message: `There is no image with the id ${id}, or these credentials may not see it`,
  });
}
