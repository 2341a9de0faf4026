import type { FastifyRequest } from "fastify";
import type { Importer } from "../imports/importer";
import { type ImportMethod, type ImportPlan, importMethods, type Remote } from "../imports/plan";
import { Fault } from "../store/fault";
import type { Image } from "../store/image";
import { defaultStore, storeIds } from "../store/store";
import { header } from "../wire/request";
import { requireAllowed } from "./policy";
import { refuse } from "./refusal";
import { isUuid } from "./uuid";

type Body = Record<string, unknown>;

/** The method that an import request names. Throws 400, and an error that is answered with 500. */
export function importMethod(body: Body): ImportMethod {
  if (!Object.hasOwn(body, "method")) throw refuse(400, "Import request requires a 'method' field.");
  const { method } = body;
  if (typeof method !== "object" || method === null) throw new TypeError("a method that is no object");
  if (!("name" in method)) throw refuse(400, "Import request requires a 'name' field.");
  const known = importMethods.find((name) => name === method.name);
  if (known === undefined) throw refuse(400, `Unknown import method name '${method.name}'.`);
  for (const option of ["all_stores_must_succeed", "all_stores"]) {
    const value = body[option] ?? true;
    if (typeof value !== "boolean") throw refuse(400, `'${option}' must be boolean value only`);
  }
  return known;
}

/** What each method needs the image to be. */
const requirements: Record<ImportMethod, (image: Image) => string | undefined> = {
  "glance-direct": ({ status }) => {
    if (status === "uploading") return undefined;
    return status === "active" ? alreadyActive : "Image needs to be staged before 'glance-direct' method can be used";
  },
  "web-download": (image) => unqueued(image, "web-download"),
  "glance-download": (image) => unqueued(image, "glance-download"),
  "copy-image": ({ status }) =>
    status === "active" ? undefined : "Only images with status active can be targeted for copying",
};

function unqueued({ status }: Image, method: ImportMethod): string | undefined {
  if (status === "queued") return undefined;
  return status === "active" ? alreadyActive : `Image needs to be in 'queued' state to use '${method}' method`;
}

const alreadyActive = "Image with status active cannot be target for import";

/**
 * What an import request asks for (Image API v2, Import an image); undefined where there is nothing to do. Throws in the order in
 * which Glance finds faults: 409 for an image that is not ready, 403, 409 while another import runs, 400 and 409 for stores.
 */
export function importPlan(
  request: FastifyRequest,
  body: Body,
  image: Image,
  importer: Importer,
): ImportPlan | undefined {
  const method = importMethod(body);
  const unready = requirements[method](image) ?? missingFormat(image);
  if (unready !== undefined) throw new Fault("conflict", unready);
  const remote = method === "glance-download" ? remoteOf(body) : undefined;
  requireAllowed(method === "copy-image" ? "copy_image" : "modify_image", request.caller, image);
  importer.requireUnlocked(image.id);
  const stores = storesOf(request, body);
  const { uri } = body.method as { uri?: unknown };
  const plan = {
    method,
    uri: typeof uri === "string" ? uri : undefined,
    remote,
    allMustSucceed: body.all_stores_must_succeed !== false,
  };
  if (method !== "copy-image") return { ...plan, stores };
  const missing = storesWithoutCopy(image, stores, body.all_stores === true);
  return missing.length === 0 ? undefined : { ...plan, stores: missing };
}

/** The image of another region. Throws 400. Glance notes the interface that it takes where none is named, and so does this. */
function remoteOf(body: Body): Remote {
  const method = body.method as Body;
  for (const field of ["glance_region", "glance_image_id"]) {
    if (!Object.hasOwn(method, field)) {
      throw refuse(400, `'${field}' needs to be set for glance-download import method`);
    }
  }
  const { glance_image_id: imageId, glance_region: region } = method;
  if (typeof imageId !== "string") throw new TypeError("an id that is no text");
  if (!isUuid(imageId)) throw refuse(400, `Remote image id does not look like a UUID: ${imageId}`);
  method.glance_service_interface ??= "public";
  return { imageId, region: String(region) };
}

function missingFormat({ containerFormat, diskFormat }: Image): string | undefined {
  if (!containerFormat) return "'container_format' needs to be set before import";
  return diskFormat ? undefined : "'disk_format' needs to be set before import";
}

function storesOf(request: FastifyRequest, { stores, all_stores }: Body): string[] {
  const named = header(request, "x-image-meta-store");
  if (all_stores === true) {
    if (stores === undefined && named === undefined) return [...storeIds];
    const others = "x-image-meta-store header or stores parameter";
    throw refuse(400, `All_stores parameter can't be used with ${others}`);
  }
  if (stores !== undefined && named !== undefined) {
    throw refuse(400, "Stores parameter and x-image-meta-store header can't be both specified");
  }
  const wanted = Array.isArray(stores) ? stores.map(String) : [named ?? defaultStore];
  const unknown = wanted.find((store) => !storeIds.some((id) => id === store));
  if (unknown !== undefined) throw new Fault("conflict", `Store for identifier ${unknown} not found`);
  return wanted;
}

function storesWithoutCopy(image: Image, wanted: readonly string[], areAll: boolean): string[] {
  const present = wanted.find((store) => image.stores.includes(store));
  if (present !== undefined && !areAll) throw refuse(400, `Image is already present at store '${present}'`);
  return wanted.filter((store) => !image.stores.includes(store));
}
