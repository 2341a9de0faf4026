import type { Readable } from "node:stream";
import { GlanceError } from "../../http/errors";
import type { RequestBody } from "../../http/types";
import type { CallOptions, ImportMethod, StoreChoice, TransferOptions } from "../api";
import { during, type Service } from "../service";
import { attributeHeader } from "./headers";
import { copyInto, fetchImage } from "./images";
import { imagePath } from "./path";
import { keepOthers } from "./update";

/** Image API v1, "Update image": the data of an image that is still queued. */
export function uploadData(
  service: Service,
  id: string,
  body: RequestBody,
  { store, signal }: TransferOptions = {},
): Promise<void> {
  return during({ step: "upload", id }, async () => {
    await service.readyForTransfer(signal);
    const headers = {
      "content-type": "application/octet-stream",
      ...keepOthers,
      // The server refuses data of another length instead of taking a cut-off upload for the image.
      ...(body.length !== undefined && { [attributeHeader("size")]: String(body.length) }),
      ...(store !== undefined && { [attributeHeader("store")]: store }),
    };
    await service.request({ method: "PUT", path: imagePath(id), headers, body, signal });
  });
}

export interface DownloadOptions extends CallOptions {
  range?: readonly [number, number];
}

/** Image API v1, "Download image data". Ranges are UNSUPPORTED: the service sends everything all the same. */
export function downloadData(
  service: Service,
  id: string,
  { range, signal }: DownloadOptions = {},
): Promise<Readable | undefined> {
  return during({ step: "download", id }, async () => {
    if (range) throw unsupported("The Image API v1 sends no part of an image", "Download it whole");
    const image = await fetchImage(service, id, { signal });
    if (!image) throw new GlanceError({ code: "NOT_FOUND", message: "the image does not exist" });
    if (!["active", "deactivated"].includes(image.status)) return undefined;
    const headers = { accept: "application/octet-stream, application/json;q=0.5" };
    const { stream } = await service.request({ method: "GET", path: imagePath(id), headers, stream: true, signal });
    return stream;
  });
}

/** Image API v1, "Update image" with the URL of a source. Only web-download has its like there. */
export function importData(
  service: Service,
  id: string,
  method: ImportMethod,
  stores: StoreChoice = {},
  { signal }: CallOptions = {},
): Promise<{ requestId: string }> {
  return during({ step: `import (${method.name})`, id }, async () => {
    if (method.name !== "web-download")
      throw unsupported(
        `The Image API v1 has no ${method.name}`,
        "It copies from a URL (web-download), or takes an upload",
      );
    if (Object.values(stores).some((choice) => choice !== undefined))
      throw unsupported("The Image API v1 imports into its default store only", "Leave the stores out");
    return { requestId: await copyInto(service, id, method.uri, signal) };
  });
}

function unsupported(message: string, hint: string): GlanceError {
  return new GlanceError({ code: "UNSUPPORTED", message, hint });
}
