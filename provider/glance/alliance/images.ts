import { GlanceError } from "../../http/errors";
import type { ServiceRequest } from "../../keystone/types";
import type { CallOptions, GlanceImage, ImageChanges, ImageQuery, NewImage } from "../api";
import { asCreated } from "../copying";
import { segment } from "../segment";
import { during, explained } from "../service";
import { sieveOf, siftable } from "../sieve";
import { decodeImage, decodeImages, encodeImage, type Field, fields } from "./codec";
import type { AllianceService } from "./service";

const imagePath = (id: string) => `/images/${segment(id)}`;

/** Alliance Glance API, "List images". There are no pages: the whole list is one answer. */
export async function* listImages(
  service: AllianceService,
  query: ImageQuery,
  { signal }: CallOptions = {},
): AsyncGenerator<GlanceImage, void, undefined> {
  try {
    const matches = sieveOf(query, siftable);
    for (const image of await fetchAll(service, signal)) if (matches(image)) yield image;
  } catch (error) {
    throw explained({ step: "list" }, error);
  }
}

/** Alliance Glance API, "Get a specific image". `undefined` when the list does not have it either. */
export async function fetchImage(
  service: AllianceService,
  id: string,
  { signal }: CallOptions = {},
): Promise<GlanceImage | undefined> {
  const request: ServiceRequest = { method: "GET", path: imagePath(id), accept: [404], signal };
  const response = await service.request(request);
  if (response.status !== 404) return service.decode(request, response, "image", decodeImage);
  const isListed = (await fetchAll(service, signal)).some((image) => image.id === id);
  if (!isListed) return undefined;
  throw service.failure(request, response, {
    code: "BAD_RESPONSE",
    message: "the service lists the image and answers 404 for it",
  });
}

/** Alliance Glance API, "Create image". The answer is 201 while the copy is still to be made. */
export function createImage(
  service: AllianceService,
  image: NewImage,
  { signal }: CallOptions = {},
): Promise<GlanceImage> {
  return during({ step: "create", name: image.name }, async () => {
    const [request, response] = await service.collection({ method: "POST", json: encodeImage(image), signal });
    const created = service.decode(request, response, "image", decodeImage);
    return asCreated(created, image.copyFrom);
  });
}

/**
 * Alliance Glance API, "Update image", of which only the name is promised. What was asked for is compared with the image as it is
 * afterwards. Throws UNSUPPORTED for what the service did not change.
 */
export function updateImage(
  service: AllianceService,
  current: GlanceImage,
  changes: ImageChanges,
  { signal }: CallOptions = {},
): Promise<GlanceImage> {
  const { id, name } = current;
  const wanted = differing(current, changes);
  if (wanted.length === 0) return Promise.resolve(current);
  return during({ step: "update", id, name }, async () => {
    const json = encodeImage(Object.fromEntries(wanted.map((field) => [field, changes[field]])));
    // The documents name both methods.
    const request: ServiceRequest = {
      method: "PATCH",
      path: imagePath(id),
      json,
      idempotent: true,
      accept: [405, 501],
      signal,
    };
    const { status } = await service.request(request);
    if (status === 405 || status === 501) await service.request({ ...request, method: "PUT", accept: [] });
    const now = await fetchImage(service, id, { signal });
    if (!now) throw new GlanceError({ code: "NOT_FOUND", message: "the image does not exist any more" });
    const kept = differing(now, changes);
    if (kept.length === 0) return now;
    const facts = kept.map((field) => `${field} stays ${JSON.stringify(now[field])}`);
    throw new GlanceError({
      code: "UNSUPPORTED",
      message: `the service took the change and did not make it: ${facts.join(", ")}`,
    });
  });
}

/** Alliance Glance API, "Delete image". False when it does not exist any more. */
export function deleteImage(service: AllianceService, id: string, { signal }: CallOptions = {}): Promise<boolean> {
  return during({ step: "delete", id }, async () => {
    const request: ServiceRequest = { method: "DELETE", path: imagePath(id), accept: [404], signal };
    const { status } = await service.request(request);
    if (status !== 404) return true;
    if (await fetchImage(service, id, { signal })) {
      throw new GlanceError({ code: "BAD_RESPONSE", message: "the service shows the image and does not find it" });
    }
    return false;
  });
}

async function fetchAll(service: AllianceService, signal: AbortSignal | undefined): Promise<GlanceImage[]> {
  const [request, response] = await service.collection({ method: "GET", signal });
  return service.decode(request, response, "list", decodeImages);
}

function differing(image: GlanceImage, changes: ImageChanges): Field[] {
  return fields.filter((field) => changes[field] !== undefined && changes[field] !== image[field]);
}
