import { hasStatus } from "../../http/errors";
import type { ServiceRequest } from "../../keystone/types";
import type { CallOptions, GlanceImage, ImageChanges, NewImage } from "../api";
import { segment } from "../segment";
import { during, type Service } from "../service";
import { decodeImage, encodeNewImage } from "./codec";
import { diffToPatch, type PatchOperation } from "./patch";
import { imagePath } from "./path";

const patchMediaType = "application/openstack-images-v2.1-json-patch";

/** Image API v2, "Create image". */
export function createImage(service: Service, image: NewImage, { signal }: CallOptions = {}): Promise<GlanceImage> {
  const { id, name } = image;
  return during({ step: "create", id, name }, async () =>
    service.read({ method: "POST", path: "/v2/images", json: encodeNewImage(image), signal }, "image", decodeImage),
  );
}

/** Image API v2, "Show image". `undefined` when the image service says that it does not exist. */
export async function fetchImage(
  service: Service,
  id: string,
  { signal }: CallOptions = {},
): Promise<GlanceImage | undefined> {
  const request: ServiceRequest = { method: "GET", path: imagePath(id), accept: [404], signal };
  const response = await service.request(request);
  if (response.status !== 404) return service.decode(request, response, "image", decodeImage);
  service.confirmGone(request, response, id);
  return undefined;
}

/** Image API v2, "Update image". */
export function updateImage(
  service: Service,
  current: GlanceImage,
  changes: ImageChanges,
  options: CallOptions = {},
): Promise<GlanceImage> {
  const { id, name } = current;
  return during({ step: "update", id, name }, async () => {
    try {
      return await patchImage(service, current, diffToPatch(current, changes), options);
    } catch (error) {
      // Somebody else added or removed one of the properties since `current` was read.
      const now = hasStatus(error, 409) ? await fetchImage(service, id, options) : undefined;
      if (!now) throw error;
      return patchImage(service, now, diffToPatch(now, changes), options);
    }
  });
}

/** Image API v2, "Delete image". False when it does not exist any more. */
export function deleteImage(service: Service, id: string, { signal }: CallOptions = {}): Promise<boolean> {
  return during({ step: "delete", id }, async () => {
    const request: ServiceRequest = { method: "DELETE", path: imagePath(id), accept: [404], signal };
    const response = await service.request(request);
    if (response.status === 404) service.confirmGone(request, response, id);
    return response.status !== 404;
  });
}

/**
 * Image API v2, "Delete image from store" (2.10 and later). False when the store does not have it any more. The last store that has it
 * is a 403, one in use a 409.
 */
export function deleteFromStore(
  service: Service,
  id: string,
  store: string,
  { signal }: CallOptions = {},
): Promise<boolean> {
  return during({ step: `delete from the store ${store}`, id }, async () => {
    const path = `/v2/stores/${segment(store)}/${segment(id)}`;
    const request: ServiceRequest = { method: "DELETE", path, accept: [404], signal };
    const response = await service.request(request);
    if (response.status === 404) service.confirmGone(request, response, id);
    return response.status !== 404;
  });
}

/** Image API v2, "Deactivate image" and "Reactivate image". Both may be repeated; neither takes a body. */
export async function switchImage(
  service: Service,
  id: string,
  action: "deactivate" | "reactivate",
  { signal }: CallOptions = {},
): Promise<void> {
  const path = `${imagePath(id)}/actions/${action}`;
  await during({ step: action, id }, () => service.request({ method: "POST", path, idempotent: true, signal }));
}

async function patchImage(
  service: Service,
  current: GlanceImage,
  operations: PatchOperation[],
  { signal }: CallOptions,
): Promise<GlanceImage> {
  if (operations.length === 0) return current;
  const request: ServiceRequest = {
    method: "PATCH",
    path: imagePath(current.id),
    headers: { "content-type": patchMediaType },
    json: operations,
    // Sent twice, `add` and `replace` change nothing more, and a second `remove` is a 409, which is looked into.
    idempotent: true,
    signal,
  };
  return service.read(request, "image", decodeImage);
}
