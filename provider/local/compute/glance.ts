import type { Caller } from "../store/caller";
import type { Image } from "../store/image";
import type { Store } from "../store/store";
import { listRequest } from "../v2/list/request";
import { selectImages } from "../v2/list/select";
import { applyOperations } from "../v2/patch/apply";
import type { Operation } from "../v2/patch/operations";
import { isAllowed, requireAllowed } from "../v2/policy";
import { asRefusal, type Refusal } from "../v2/refusal";
import { NovaFault, unexpected } from "./fault";
import type { ListQuery } from "./query";

// What Nova asks the Image API v2 for, and what it makes of a refusal (nova/image/glance.py).

/** The images of a list. Throws 400 and 403 with Glance's own words. */
export function listImages(store: Store, caller: Caller, query: ListQuery): Image[] {
  try {
    const request = listRequest(query.glance);
    requireAllowed("get_images", caller);
    const found = selectImages(store, caller, { ...request, limit: Number.POSITIVE_INFINITY });
    return found.filter((image) => isAllowed("get_image", caller, image)).slice(0, query.limit);
  } catch (error) {
    throw listFault(asRefusal(error));
  }
}

function listFault({ status, title, explanation }: Refusal): NovaFault {
  if (status !== 400 && status !== 403) return unexpected("glanceclient.exc.HTTPInternalServerError");
  return new NovaFault(status, `HTTP ${status} ${title}: ${html(explanation)}`);
}

/** Nova reads Glance's error pages and leaves the text as it is in HTML. */
const html = (text: string) =>
  text.replace(/[&<>"']|[^\0-\x7f]/gu, (character) => entities[character] ?? `&#${character.codePointAt(0)};`);

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };

/** An image that the caller may see. Throws 404, 403. */
export function showImage(store: Store, caller: Caller, id: string): Image {
  const image = store.findFor(caller, id);
  if (image === undefined) throw notFound();
  if (!isAllowed("get_image", caller, image)) throw notAuthorized(id);
  return image;
}

/** Throws 404, 403. */
export async function deleteImage(store: Store, caller: Caller, id: string): Promise<void> {
  const image = store.findFor(caller, id);
  if (image === undefined) throw notFound();
  try {
    requireAllowed("delete_image", caller, image);
    await store.delete(id);
  } catch (error) {
    const { status } = asRefusal(error);
    if (status === 403) throw new NovaFault(403, "You are not allowed to delete the image.");
    throw status === 404 ? notFound() : unexpected("nova.exception.ImageDeleteConflict");
  }
}

/** Changes an image as one PATCH; nothing happens where nothing differs. Throws 403, 500. */
export async function updateImage(
  store: Store,
  caller: Caller,
  image: Image,
  operations: readonly Operation[],
): Promise<Image> {
  if (operations.length === 0) return image;
  try {
    return await store.change(image.id, (current) => applyOperations(current, operations, caller));
  } catch (error) {
    const { status } = asRefusal(error);
    throw status === 403 ? notAuthorized(image.id) : unexpected(updateExceptions[status] ?? updateExceptions[500]);
  }
}

const updateExceptions: Record<number, string> & Record<500, string> = {
  400: "nova.exception.ImageBadRequest",
  404: "nova.exception.ImageNotFound",
  409: "glanceclient.exc.HTTPConflict",
  413: "nova.exception.ImageQuotaExceeded",
  500: "glanceclient.exc.HTTPInternalServerError",
};

const notFound = () => new NovaFault(404, "Image not found.");

/** Nova's words for whatever Glance forbids. */
export const notAuthorized = (id: string) => new NovaFault(403, `Not authorized for image ${id}.`);
