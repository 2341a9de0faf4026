import { GlanceError } from "../../http/errors";
import type { Session } from "../../keystone/types";
import type { ImageApi } from "../api";
import { lacking } from "../lacking";
import { during } from "../service";
import { computeCapabilities } from "./capabilities";
import { deleteImage, fetchImage } from "./images";
import { listImages } from "./list";
import { updateImage } from "./metadata";
import { ComputeService, type Format } from "./service";

/**
 * The image proxy of the OpenStack Compute API (Nova), which shows and deletes images and changes their properties. `endpoint`: that
 * of the catalog, which holds the version and in most clouds the project.
 */
export function createCompute(
  session: Session,
  endpoint: string,
  { format = "json" }: { format?: Format | undefined } = {},
): ImageApi {
  if (format !== "json" && format !== "xml") {
    throw new GlanceError({
      code: "CONFIG",
      message: `"${format}" is no format of the Compute API`,
      hint: "Set format to json or xml",
    });
  }
  const service = new ComputeService(session, endpoint, format);
  return {
    ...lacking(computeCapabilities),
    endpoint,
    capabilities: computeCapabilities,
    get: (id, options) => during({ step: "read", id }, () => fetchImage(service, id, options)),
    list: (query, options) => listImages(service, query, options),
    update: (current, changes, options) => updateImage(service, current, changes, options),
    delete: (id, options) => deleteImage(service, id, options),
  };
}
