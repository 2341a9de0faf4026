import { hasStatus } from "../../http/errors";
import type { CallOptions, GlanceImage, ImageQuery } from "../api";
import { asObject, asString, type Decode, listOf, member, nullable } from "../coerce";
import { fetchPage, inList } from "../listing";
import { type Page, paginate } from "../paging";
import { explained, type Service } from "../service";
import { decodeImage } from "./codec";
import { planList } from "./query";

const path = "/v2/images";

/** Image API v2, "List images". */
export async function* listImages(
  service: Service,
  query: ImageQuery,
  { signal }: CallOptions = {},
): AsyncGenerator<GlanceImage, void, undefined> {
  const { requests, matches } = planList(query);
  try {
    for (const parameters of requests) {
      const images = paginate({
        fetch: (marker) => fetchPage(service, { path, parameters, marker, signal }, decodePage),
        idOf: (image) => image.id,
        start: query.marker,
        isLostMarker: (error) => hasStatus(error, 400),
      });
      for await (const image of images) if (matches(image)) yield image;
    }
  } catch (error) {
    throw explained({ step: "list" }, error);
  }
}

/** Those of the images that a plain list shows, as one page. */
export async function fetchImages(service: Service, ids: readonly string[]): Promise<GlanceImage[]> {
  const { requests } = planList({ ids, limit: ids.length });
  const pages = await Promise.all(requests.map((parameters) => fetchPage(service, { path, parameters }, decodePage)));
  return pages.flatMap(({ items }) => items);
}

const decodePage: Decode<Page<GlanceImage>> = (body, where) => {
  const page = asObject(body, where);
  const link = member(page, "next", nullable(asString), where);
  return {
    items: member(page, "images", listOf(inList(decodeImage)), where),
    next: link === null ? undefined : (markerOf(link) ?? undefined),
  };
};

/** From `/v2/images?…&marker=ID`. */
function markerOf(link: string): string | null {
  return new URLSearchParams(link.slice(link.indexOf("?") + 1)).get("marker");
}
