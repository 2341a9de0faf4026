import type { ServiceRequest } from "../../keystone/types";
import type { CallOptions, ImageTask, ImportMethod, StoreChoice } from "../api";
import { during, type Service } from "../service";
import { decodeTasks } from "./codec";
import { fetchImage } from "./images";
import { imagePath } from "./path";

/** Image API v2, "Import an image". The answer says no more than that a task was made; it carries the request id. */
export function importImage(
  service: Service,
  id: string,
  method: ImportMethod,
  stores: StoreChoice = {},
  { signal }: CallOptions = {},
): Promise<{ requestId: string }> {
  return during({ step: `import (${method.name})`, id }, async () => {
    const json = { method: encodeMethod(method), ...encodeStores(stores) };
    const { requestId } = await service.request({ method: "POST", path: `${imagePath(id)}/import`, json, signal });
    return { requestId };
  });
}

function encodeMethod(method: ImportMethod): Record<string, string> {
  if (method.name !== "glance-download") return method;
  const { name, region, imageId, serviceInterface } = method;
  return {
    name,
    glance_region: region,
    glance_image_id: imageId,
    ...(serviceInterface !== undefined && { glance_service_interface: serviceInterface }),
  };
}

function encodeStores({ stores, allStores, allStoresMustSucceed }: StoreChoice): Record<string, unknown> {
  return {
    ...(stores !== undefined && { stores }),
    ...(allStores !== undefined && { all_stores: allStores }),
    ...(allStoresMustSucceed !== undefined && { all_stores_must_succeed: allStoresMustSucceed }),
  };
}

/**
 * Image API v2, "Show tasks associated with image" (Wallaby and later), of which a user sees those of the own project
 * only. `undefined` where the server has no such call or does not let this user have it.
 */
export function taskReader(service: Service): (id: string, options?: CallOptions) => Promise<ImageTask[] | undefined> {
  let missing = false;
  return async (id, { signal } = {}) => {
    if (missing) return undefined;
    const request: ServiceRequest = { method: "GET", path: `${imagePath(id)}/tasks`, accept: [403, 404], signal };
    return during({ step: "reading the tasks", id }, async () => {
      const response = await service.request(request);
      if (response.status < 400) return service.decode(request, response, "answer", decodeTasks);
      if (response.status === 403) return undefined;
      if (!(await fetchImage(service, id, { signal }))) {
        throw service.failure(request, response, { code: "NOT_FOUND", message: "the image does not exist" });
      }
      missing = true;
      return undefined;
    });
  };
}
