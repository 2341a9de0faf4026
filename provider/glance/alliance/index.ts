import type { Session } from "../../keystone/types";
import type { ImageApi } from "../api";
import { lacking } from "../lacking";
import { during } from "../service";
import { allianceCapabilities } from "./capabilities";
import { createImage, deleteImage, fetchImage, listImages, updateImage } from "./images";
import { AllianceService, type Tenancy } from "./service";

/** The Alliance Glance API v1, a gateway of its own kind before a Glance. `endpoint`: base URL of `/images`. Throws CONFIG without its options. */
export function createAlliance(session: Session, endpoint: string, tenancy: Tenancy): ImageApi {
  const service = new AllianceService(session, endpoint, tenancy);
  return {
    ...lacking(allianceCapabilities),
    endpoint,
    capabilities: allianceCapabilities,
    create: (image, options) => createImage(service, image, options),
    get: (id, options) => during({ step: "read", id }, () => fetchImage(service, id, options)),
    list: (query, options) => listImages(service, query, options),
    update: (current, changes, options) => updateImage(service, current, changes, options),
    delete: (id, options) => deleteImage(service, id, options),
    importMethods: async () => ["web-download"],
  };
}
