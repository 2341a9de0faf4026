import { GlanceError, hasStatus } from "../../http/errors";
import type { CallOptions, GlanceImage, ImageQuery } from "../api";
import { asObject, type Decode, listOf, member } from "../coerce";
import { fetchPage, inList, siftUntilFound } from "../listing";
import { type Page, paginate } from "../paging";
import { explained } from "../service";
import { decodeImage } from "./codec";
import { planList } from "./query";
import { type ComputeService, explainMissingList } from "./service";

/** Compute API, "List images" and "List images with details". It ends early once every image that is asked for by its id has come. */
export async function* listImages(
  service: ComputeService,
  query: ImageQuery,
  { signal }: CallOptions = {},
): AsyncGenerator<GlanceImage, void, undefined> {
  const { path, parameters, matches } = planList(query);
  const images = paginate({
    fetch: (marker) => fetchPage(service, { path, parameters, marker, signal }, decodePage),
    idOf: (image) => image.id,
    start: query.marker,
    isLostMarker: (error) => hasStatus(error, 400),
  });
  try {
    yield* siftUntilFound(images, matches, query.ids);
  } catch (error) {
    throw explained({ step: "list" }, error instanceof GlanceError ? explainMissingList(error) : error);
  }
}

/** The link to the next page is not followed: detailed lists name the brief one there, or none at all in XML. */
const decodePage: Decode<Page<GlanceImage>> = (body, where) => ({
  items: member(asObject(body, where), "images", listOf(inList(decodeImage)), where),
  next: undefined,
});
