import type { Readable } from "node:stream";
import type { RequestBody } from "../../http/types";
import type { ServiceRequest } from "../../keystone/types";
import type { CallOptions, TransferOptions } from "../api";
import { during, type Service } from "../service";
import { imagePath } from "./path";

export interface DownloadOptions extends CallOptions {
  range?: readonly [number, number];
}

/** Image API v2, "Upload binary image data". */
export function uploadData(service: Service, id: string, body: RequestBody, options?: TransferOptions): Promise<void> {
  return during({ step: "upload", id }, () => putData(service, `${imagePath(id)}/file`, body, options));
}

/** Image API v2, "Stage binary image data". The formats cannot be changed afterwards. */
export function stageData(service: Service, id: string, body: RequestBody, options?: CallOptions): Promise<void> {
  return during({ step: "staging", id }, () => putData(service, `${imagePath(id)}/stage`, body, options));
}

/** Image API v2, "Download binary image data". A service that answers a range with the whole image is BAD_RESPONSE. */
export function downloadData(
  service: Service,
  id: string,
  { range, signal }: DownloadOptions = {},
): Promise<Readable | undefined> {
  return during({ step: "download", id }, async () => {
    const headers = {
      // Bytes when there are any, errors as JSON.
      accept: "application/octet-stream, application/json;q=0.5",
      ...(range && { range: `bytes=${range[0]}-${range[1]}` }),
    };
    const request: ServiceRequest = { method: "GET", path: `${imagePath(id)}/file`, headers, stream: true, signal };
    const response = await service.request(request);
    const { status, stream } = response;
    if (status === (range ? 206 : 200)) return stream;
    stream?.destroy();
    if (status === 204) return undefined;
    const message = range ? "the service ignored the range" : "the service sent a part that was not asked for";
    throw service.failure(request, response, { code: "BAD_RESPONSE", message });
  });
}

async function putData(
  service: Service,
  path: string,
  body: RequestBody,
  { store, signal }: TransferOptions = {},
): Promise<void> {
  await service.readyForTransfer(signal);
  const headers = {
    "content-type": "application/octet-stream",
    // The server refuses data of another length instead of taking a cut-off upload for the image.
    ...(body.length !== undefined && { "x-openstack-image-size": String(body.length) }),
    ...(store !== undefined && { "x-image-meta-store": store }),
  };
  await service.request({ method: "PUT", path, headers, body, signal });
}
