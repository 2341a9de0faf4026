import { GlanceError, hasStatus } from "../../http/errors";
import type { ServiceRequest } from "../../keystone/types";
import type { CallOptions, GlanceImage, ImageQuery } from "../api";
import { asObject, type Decode, listOf, member } from "../coerce";
import { type Page, paginate } from "../paging";
import { explained } from "../service";
import { decodeImage } from "./codec";
import { type ListPlan, planList } from "./query";
import { type ComputeService, explainMissingList } from "./service";

/** Compute API, "List images" and "List images with details". It ends early once every image that is asked for by its id has come. */
export async function* listImages(
  service: ComputeService,
  query: ImageQuery,
  { signal }: CallOptions = {},
): AsyncGenerator<GlanceImage, void, undefined> {
  const missing = query.ids && new Set(query.ids);
  if (missing?.size === 0) return;
  const plan = planList(query);
  const images = paginate({
    fetch: (marker) => fetchPage(service, plan, marker, signal),
    idOf: (image) => image.id,
    start: query.marker,
    isLostMarker: (error) => hasStatus(error, 400),
  });
  try {
    for await (const image of images) {
      if (plan.matches(image)) yield image;
      if (missing?.delete(image.id) && missing.size === 0) return;
    }
  } catch (error) {
    throw explained({ step: "list" }, error instanceof GlanceError ? explainMissingList(error) : error);
  }
}

function fetchPage(
  service: ComputeService,
  { path, parameters }: ListPlan,
  marker: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Page<GlanceImage>> {
  const query = new URLSearchParams(parameters);
  if (marker !== undefined) query.set("marker", marker);
  const request: ServiceRequest = { method: "GET", path: `${path}?${query}`, signal };
  return service.read(request, "list", decodePage);
}

/** The link to the next page is not followed: detailed lists name the brief one there, or none at all in XML. */
const decodePage: Decode<Page<GlanceImage>> = (body, where) => ({
  items: member(asObject(body, where), "images", listOf(decodeListed), where),
  next: undefined,
});

/** An image that cannot be read is named by its id: its place in the list helps nobody to find it. */
const decodeListed: Decode<GlanceImage> = (body, where) => {
  const { id } = asObject(body, where);
  return decodeImage(body, typeof id === "string" ? `image ${JSON.stringify(id).slice(0, 40)}` : where);
};
