import type { Session } from "../../keystone/types";
import type { ImageApi } from "../api";
import type { Capabilities } from "../capabilities";
import { coalesceReads } from "../coalesce";
import { lacking } from "../lacking";
import { during, Service } from "../service";
import { platform9Capabilities, v1Capabilities } from "./capabilities";
import { downloadData, importData, uploadData } from "./data";
import { createImage, deleteImage, fetchImage, updateImage } from "./images";
import { fetchNewest, listImages } from "./list";
import { memberApi } from "./members";

/** The OpenStack Image API v1 (Glance until Pike). `endpoint`: base URL without version. */
export function createV1(session: Session, endpoint: string): ImageApi {
  return speakV1(session, endpoint, v1Capabilities);
}

/** Platform9's image service: the Image API v1 with properties of its own, which begin with `pf9_`. */
export function createPlatform9(session: Session, endpoint: string): ImageApi {
  return speakV1(session, endpoint, platform9Capabilities);
}

/** Reads of one moment that become one list. */
const readsPerList = 250;

function speakV1(session: Session, endpoint: string, capabilities: Capabilities): ImageApi {
  const service = new Service(session, endpoint);
  const read = coalesceReads({
    one: (id) => fetchImage(service, id),
    // A list cannot be asked for ids. Those that are waited for are among the newest.
    many: (ids) => fetchNewest(service, 2 * ids.length),
    most: readsPerList,
  });
  return {
    ...lacking(capabilities),
    endpoint,
    capabilities,
    members: memberApi(service),
    create: (image, options) => createImage(service, capabilities, image, options),
    get: (id, options) => during({ step: "read", id }, () => read(id, options?.signal)),
    list: (query, options) => listImages(service, query, options),
    update: (current, changes, options) => updateImage(service, capabilities, current, changes, options),
    upload: (id, body, options) => uploadData(service, id, body, options),
    download: (id, options) => downloadData(service, id, options),
    import: (id, method, stores, options) => importData(service, id, method, stores, options),
    delete: (id, options) => deleteImage(service, id, options),
    importMethods: async () => ["web-download"],
  };
}
