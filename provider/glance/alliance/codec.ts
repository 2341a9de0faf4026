import { GlanceError } from "../../http/errors";
import type { GlanceImage, ImageFields, NewImage } from "../api";
import { asObject, asString, type Decode, member, nullable } from "../coerce";
import { decodeImage as decodeV2 } from "../v2/codec";

/** In place of a task: the copy that the service makes by itself. It has no task list. */
export const copyTask = "copy_from";

/** What a request may say of an image. Alliance Glance API, "Create image" and "Update image". */
const attributes = {
  name: "name",
  diskFormat: "disk_format",
  containerFormat: "container_format",
  minDisk: "min_disk",
  minRam: "min_ram",
} as const satisfies Partial<Record<keyof ImageFields, string>>;

export type Field = keyof typeof attributes;
export const fields = Object.keys(attributes) as Field[];

/** An image in the shape of the Image API v2, with the URL that it is copied from; alone, or wrapped as requests are. */
export const decodeImage: Decode<GlanceImage> = (body, where) => {
  const answer = asObject(body, where);
  if (!Object.hasOwn(answer, "id") && Object.hasOwn(answer, "image"))
    return decodeImage(answer.image, `${where}.image`);
  const { copy_from: _source, ...shape } = answer;
  const image = decodeV2(shape, where);
  const copyFrom = member(answer, "copy_from", nullable(asString), where) ?? undefined;
  const isCopying = image.status === "queued" && copyFrom !== undefined;
  return { ...image, copyFrom, import: { ...image.import, task: isCopying ? copyTask : undefined } };
};

/**
 * The images of a list. The documented example is no JSON, and its parts can be put together in several ways: images may stand alone
 * or below `images` or `image`, in lists in lists.
 */
export const decodeImages: Decode<GlanceImage[]> = (body, where) => {
  if (Array.isArray(body)) return body.flatMap((part, index) => decodeImages(part, `${where}[${index}]`));
  const part = asObject(body, where);
  if (Object.hasOwn(part, "id")) return [decodeImage(part, `image ${JSON.stringify(part.id).slice(0, 40)}`)];
  for (const wrapper of ["images", "image"]) {
    if (Object.hasOwn(part, wrapper)) return decodeImages(part[wrapper], `${where}.${wrapper}`);
  }
  throw new GlanceError({ code: "BAD_RESPONSE", message: `${where} is neither an image nor a list of images` });
};

/** The body of a request: what is given, wrapped. */
export function encodeImage(image: Pick<NewImage, Field | "copyFrom">): { image: Record<string, unknown> } {
  const given = fields.filter((field) => image[field] !== undefined);
  return {
    image: {
      ...Object.fromEntries(given.map((field) => [attributes[field], image[field]])),
      ...(image.copyFrom !== undefined && { copy_from: image.copyFrom }),
    },
  };
}
