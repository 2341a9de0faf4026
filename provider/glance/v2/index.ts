import type { Session } from "../../keystone/types";
import type { ImageApi } from "../api";
import { coalesceReads } from "../coalesce";
import { during, Service } from "../service";
import { v2Capabilities } from "./capabilities";
import { downloadData, stageData, uploadData } from "./data";
import { createImage, deleteFromStore, deleteImage, fetchImage, switchImage, updateImage } from "./images";
import { importImage, taskReader } from "./import";
import { cloudInfo } from "./info";
import { fetchImages, listImages } from "./list";
import { memberApi } from "./members";
import { namespaceApi } from "./namespaces";
import { idsPerRequest } from "./query";

/** The OpenStack Image API v2 (Glance, https://docs.openstack.org/api-ref/image/v2/). `endpoint`: base URL without version. */
export function createV2(session: Session, endpoint: string): ImageApi {
  const service = new Service(session, endpoint);
  const read = coalesceReads({
    one: (id) => fetchImage(service, id),
    many: (ids) => fetchImages(service, ids),
    most: idsPerRequest,
  });
  return {
    endpoint,
    capabilities: v2Capabilities,
    members: memberApi(service),
    namespaces: namespaceApi(service),
    create: (image, options) => createImage(service, image, options),
    get: (id, options) => during({ step: "read", id }, () => read(id, options?.signal)),
    list: (query, options) => listImages(service, query, options),
    update: (current, changes, options) => updateImage(service, current, changes, options),
    upload: (id, body, options) => uploadData(service, id, body, options),
    stage: (id, body, options) => stageData(service, id, body, options),
    download: (id, options) => downloadData(service, id, options),
    import: (id, method, stores, options) => importImage(service, id, method, stores, options),
    delete: (id, options) => deleteImage(service, id, options),
    deleteFromStore: (id, store, options) => deleteFromStore(service, id, store, options),
    deactivate: (id, options) => switchImage(service, id, "deactivate", options),
    reactivate: (id, options) => switchImage(service, id, "reactivate", options),
    tasks: taskReader(service),
    ...cloudInfo(service),
  };
}
