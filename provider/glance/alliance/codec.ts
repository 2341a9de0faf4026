import { GlanceError } from "../../http/errors";
import type { GlanceImage, ImageFields, NewImage } from "../api";
import { writable } from "../attributes";
import { asObject, asString, type Decode, member, nullable } from "../coerce";
import { copyTask } from "../copying";
import { inList } from "../listing";
import { decodeImage as decodeV2 } from "../v2/codec";

/** What a request may say of an image. Alliance Glance API, "Create image" and "Update image". */
export const fields = [
  "name",
  "diskFormat",
  "containerFormat",
  "minDisk",
  "minRam",
] as const satisfies readonly (keyof ImageFields)[];
export type Field = (typeof fields)[number];

/** An image in the shape of the Image API v2, with the URL that it is copied from; alone, or wrapped as requests are. */
export const decodeImage: Decode<GlanceImage> = (body, where) => {
  const answer = asObject(body, where);
  const isWrapped = !Object.hasOwn(answer, "id") && Object.hasOwn(answer, "image");
  return isWrapped ? member(answer, "image", decodeBare, where) : decodeBare(answer, where);
};

const decodeBare: Decode<GlanceImage> = (body, where) => {
  const answer = asObject(body, where);
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
export const decodeImages: Decode<GlanceImage[]> = (body, where) => imagesWithin(deepest, body, where);

// Any more would be no list, and might be deep enough to use up the stack.
const deepest = 10;

function imagesWithin(depth: number, body: unknown, where: string): GlanceImage[] {
  if (depth > 0 && Array.isArray(body)) {
    return body.flatMap((part, index) => imagesWithin(depth - 1, part, `${where}[${index}]`));
  }
  const part = asObject(body, where);
  if (Object.hasOwn(part, "id")) return [inList(decodeImage)(part, where)];
  const wrapper = ["images", "image"].find((name) => Object.hasOwn(part, name));
  if (depth > 0 && wrapper !== undefined) return imagesWithin(depth - 1, part[wrapper], `${where}.${wrapper}`);
  throw new GlanceError({ code: "BAD_RESPONSE", message: `${where} is neither an image nor a list of images` });
}

/** The body of a request: what is given, wrapped. */
export function encodeImage(image: Pick<NewImage, Field | "copyFrom">): { image: Record<string, unknown> } {
  const given = fields.filter((field) => image[field] !== undefined);
  return {
    image: {
      ...Object.fromEntries(given.map((field) => [writable[field], image[field]])),
      ...(image.copyFrom !== undefined && { copy_from: image.copyFrom }),
    },
  };
}
