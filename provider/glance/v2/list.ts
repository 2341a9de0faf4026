import { hasStatus } from "../../http/errors";
import type { ServiceRequest } from "../../keystone/types";
import type { CallOptions, GlanceImage, ImageQuery } from "../api";
import { asObject, asString, type Decode, listOf, member, nullable } from "../coerce";
import { type Page, paginate } from "../paging";
import { explained, type Service } from "../service";
import { decodeImage } from "./codec";
import { planList } from "./query";

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
        fetch: (marker) => fetchPage(service, parameters, marker, signal),
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
  const pages = await Promise.all(requests.map((parameters) => fetchPage(service, parameters)));
  return pages.flatMap(({ items }) => items);
}

function fetchPage(
  service: Service,
  parameters: URLSearchParams,
  marker?: string,
  signal?: AbortSignal,
): Promise<Page<GlanceImage>> {
  const query = new URLSearchParams(parameters);
  if (marker !== undefined) query.set("marker", marker);
  const text = query.toString();
  const request: ServiceRequest = { method: "GET", path: `/v2/images${text && `?${text}`}`, signal };
  return service.read(request, "list", decodePage);
}

const decodePage: Decode<Page<GlanceImage>> = (body, where) => {
  const page = asObject(body, where);
  const link = member(page, "next", nullable(asString), where);
  return {
    items: member(page, "images", listOf(decodeListed), where),
    next: link === null ? undefined : (markerOf(link) ?? undefined),
  };
};

/** An image that cannot be read is named by its id: its place in the list helps nobody to find it. */
const decodeListed: Decode<GlanceImage> = (body, where) => {
  const { id } = asObject(body, where);
  return decodeImage(body, typeof id === "string" ? `image ${JSON.stringify(id).slice(0, 40)}` : where);
};

/** From `/v2/images?…&marker=ID`. */
function markerOf(link: string): string | null {
  return new URLSearchParams(link.slice(link.indexOf("?") + 1)).get("marker");
}
