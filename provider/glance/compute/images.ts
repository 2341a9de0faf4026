import type { ServiceRequest } from "../../keystone/types";
import type { CallOptions, GlanceImage } from "../api";
import { asObject, type Decode, member } from "../coerce";
import { during } from "../service";
import { decodeImage } from "./codec";
import { imagePath } from "./path";
import type { ComputeService } from "./service";

/** Compute API, "Show image details". `undefined` when the service says that it does not exist. */
export async function fetchImage(
  service: ComputeService,
  id: string,
  { signal }: CallOptions = {},
): Promise<GlanceImage | undefined> {
  const request: ServiceRequest = { method: "GET", path: imagePath(id), accept: [404], signal };
  const response = await service.request(request);
  if (response.status === 404) {
    service.confirmGone(request, response);
    return undefined;
  }
  const image = service.decode(request, response, "answer", decodeAnswer);
  // An administrator may be shown what is no more.
  return image.status === "deleted" ? undefined : image;
}

/** Compute API, "Delete image". False when it does not exist any more. */
export function deleteImage(service: ComputeService, id: string, { signal }: CallOptions = {}): Promise<boolean> {
  return during({ step: "delete", id }, async () => {
    const request: ServiceRequest = { method: "DELETE", path: imagePath(id), accept: [404], signal };
    const response = await service.request(request);
    if (response.status === 404) service.confirmGone(request, response);
    return response.status !== 404;
  });
}

const decodeAnswer: Decode<GlanceImage> = (body, where) => member(asObject(body, where), "image", decodeImage, where);
