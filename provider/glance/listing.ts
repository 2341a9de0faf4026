import type { ServiceRequest } from "../keystone/types";
import { asObject, type Decode } from "./coerce";
import type { GlanceImage } from "./image";
import type { Page } from "./paging";
import type { Service } from "./service";
import type { Sieve } from "./sieve";

/** Images per request where nobody says: services give up to 1000, and larger pages cost memory and save no time. */
export const pageSize = 500;

/** The given ones of the parameters of a list. */
export function parametersOf(pairs: readonly (readonly [string, string | number | boolean | undefined])[]) {
  const given = pairs.filter(([, value]) => value !== undefined);
  return new URLSearchParams(given.map(([key, value]): [string, string] => [key, String(value)]));
}

/** What is listed: where, and which part of it. */
export interface PageRequest {
  path: string;
  parameters: URLSearchParams;
  /** Default: from the beginning. */
  marker?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** One page of a list. */
export function fetchPage(
  service: Service,
  { path, parameters, marker, signal }: PageRequest,
  decode: Decode<Page<GlanceImage>>,
): Promise<Page<GlanceImage>> {
  const query = new URLSearchParams(parameters);
  if (marker !== undefined) query.set("marker", marker);
  const text = query.toString();
  const request: ServiceRequest = { method: "GET", path: `${path}${text && `?${text}`}`, signal };
  return service.read(request, "list", decode);
}

/** Reads an image of a list. One that cannot be read is named by its id: its place in the list helps nobody to find it. */
export function inList(decode: Decode<GlanceImage>): Decode<GlanceImage> {
  return (body, where) => {
    const { id } = asObject(body, where);
    return decode(body, typeof id === "string" ? `image ${JSON.stringify(id).slice(0, 40)}` : where);
  };
}

/** The images that match. It ends early once every image that is asked for by its id has come. */
export async function* siftUntilFound(
  images: AsyncIterable<GlanceImage>,
  matches: Sieve,
  ids: readonly string[] | undefined,
): AsyncGenerator<GlanceImage, void, undefined> {
  const missing = ids && new Set(ids);
  if (missing?.size === 0) return;
  for await (const image of images) {
    if (matches(image)) yield image;
    if (missing?.delete(image.id) && missing.size === 0) return;
  }
}
