import { GlanceError, hasStatus } from "../../http/errors";
import type { CallOptions, GlanceImage, ImageQuery } from "../api";
import { asObject, type Decode, listOf, member } from "../coerce";
import { fetchPage, inList, siftUntilFound } from "../listing";
import { type Page, paginate } from "../paging";
import { explained, type Service } from "../service";
import { decodeImage } from "./codec";
import { planList } from "./query";

/** Image API v1, "List images". It ends early once every image that is asked for by its id has come. */
export async function* listImages(
  service: Service,
  query: ImageQuery,
  { signal }: CallOptions = {},
): AsyncGenerator<GlanceImage, void, undefined> {
  try {
    const { path, parameters, matches } = planList(query);
    const images = paginate({
      fetch: async (marker) =>
        marker === ""
          ? { items: [], next: undefined }
          : fetchPage(service, { path, parameters, marker, signal }, decodePage),
      idOf: (image) => image.id,
      start: query.marker,
      isLostMarker: (error) => hasStatus(error, 400),
    });
    yield* siftUntilFound(images, matches, query.ids);
  } catch (error) {
    throw explained({ step: "list" }, error);
  }
}

/** The image as lists show it; throws BAD_RESPONSE when they do not. */
export async function findListed(service: Service, id: string, signal?: AbortSignal): Promise<GlanceImage> {
  for await (const image of listImages(service, { ids: [id] }, { signal })) return image;
  throw new GlanceError({
    code: "BAD_RESPONSE",
    message: "the service tells its attributes in headers that are no HTTP, and does not list it",
  });
}

/** The newest images as one page. */
export async function fetchNewest(service: Service, limit: number): Promise<GlanceImage[]> {
  const { path, parameters } = planList({ limit });
  return (await fetchPage(service, { path, parameters }, decodePage)).items;
}

/** Documents promise links to the next page; no server gives them. */
const decodePage: Decode<Page<GlanceImage>> = (body, where) => ({
  items: member(asObject(body, where), "images", listOf(decodeListed), where),
  next: undefined,
});

/** The documents show an image without any id, which is no marker of a page either. */
const decodeListed: Decode<GlanceImage> = (body, where) => {
  const image = { id: "", ...asObject(body, where) };
  return image.id === "" ? decodeImage(image, where) : inList(decodeImage)(image, where);
};
