import { GlanceError, hasStatus } from "../../http/errors";
import { cleanUrl } from "../../http/redact";
import type { HttpResponse } from "../../http/types";
import type { ServiceRequest } from "../../keystone/types";
import type { CallOptions, GlanceImage, ImageChanges, NewImage } from "../api";
import { assertPropertyNames, type Capabilities } from "../capabilities";
import { asObject, type Decode, member } from "../coerce";
import { asCreated } from "../copying";
import { inTurn } from "../inTurn";
import { during, type Service } from "../service";
import { asDeleted, decodeImage } from "./codec";
import { attributeHeader, encodeFields, encodeProperties, type Headers, imageIn } from "./headers";
import { findListed } from "./list";
import { imagePath } from "./path";
import { encodeText } from "./text";
import { differenceOf, keepOthers, removal } from "./update";

/** Image API v1, "Add a new virtual machine image". A source at a URL is copied by the service after its answer. */
export function createImage(
  service: Service,
  capabilities: Capabilities,
  image: NewImage,
  { signal }: CallOptions = {},
): Promise<GlanceImage> {
  const { id, name, properties = {}, copyFrom } = image;
  return during({ step: "create", id, name }, async () => {
    assertPropertyNames(Object.keys(properties), capabilities);
    const { name: _none, ...nameless } = image;
    const headers = {
      ...encodeFields(name === null ? nameless : image),
      ...encodeProperties(properties),
      ...(id !== undefined && { [attributeHeader("id")]: encodeText(id, "the id") }),
      ...(copyFrom !== undefined && copyHeader(copyFrom)),
    };
    const request: ServiceRequest = { method: "POST", path: "/v1/images", headers, signal };
    const created = await copying(copyFrom, () => service.read(request, "answer", decodeAnswer));
    return asCreated(created, copyFrom);
  });
}

/** Lets the service copy the data from a URL into an image that is still queued. Answers the request id. */
export async function copyInto(service: Service, id: string, url: string, signal?: AbortSignal): Promise<string> {
  const request = put(id, { ...copyHeader(url), ...keepOthers }, { signal });
  const { requestId } = await copying(url, () => service.request(request));
  return requestId;
}

/** Image API v1, "Show image metadata". `undefined` when the image service says that it does not exist. */
export async function fetchImage(
  service: Service,
  id: string,
  { signal }: CallOptions = {},
): Promise<GlanceImage | undefined> {
  const request: ServiceRequest = { method: "HEAD", path: imagePath(id), accept: [404], signal };
  const response = await service.request(request).catch(unreadable);
  // A property with a name that no header can have spoils them all.
  if (!response) return findListed(service, id, signal);
  if (response.status === 404) return confirmAbsent(service, id, signal);
  const answer = { ...response, json: <T>() => imageIn(response.headers) as T };
  return service.decode(request, answer, "image", decodeUnlessDeleted);
}

/**
 * Image API v1, "Update image metadata". Properties are removed by a second request, after the first has answered how the names
 * of all are spelled: headers tell them in lower case only.
 */
export function updateImage(
  service: Service,
  capabilities: Capabilities,
  current: GlanceImage,
  changes: ImageChanges,
  options: CallOptions = {},
): Promise<GlanceImage> {
  const { id, name } = current;
  // What one update adds between the two requests of another would be lost.
  const work = async () => {
    const { headers, removed } = differenceOf(current, changes, capabilities);
    if (Object.keys(headers).length === 0 && removed.length === 0) return current;
    const change = (how: Headers) => service.read(put(id, how, options), "answer", decodeAnswer);
    const merged = await change({ ...headers, ...keepOthers });
    if (changes.owner !== undefined && merged.owner !== changes.owner) throw ignoredOwner(changes.owner);
    return removed.length === 0 ? merged : change(removal(merged, removed, capabilities));
  };
  return during({ step: "update", id, name }, () => inTurn(`v1 ${id}`, work));
}

/** Image API v1, "Delete image". False when it does not exist any more. */
export function deleteImage(service: Service, id: string, { signal }: CallOptions = {}): Promise<boolean> {
  return during({ step: "delete", id }, async () => {
    const request: ServiceRequest = { method: "DELETE", path: imagePath(id), accept: [404], signal };
    const response = await service.request(request);
    if (response.status === 404) service.confirmGone(request, response, id);
    return response.status !== 404;
  });
}

function put(id: string, headers: Headers, { signal }: CallOptions): ServiceRequest {
  return { method: "PUT", path: imagePath(id), headers, signal };
}

const copyHeader = (url: string) => ({ "x-glance-api-copy-from": encodeText(url, "copyFrom") });

const decodeAnswer: Decode<GlanceImage> = (body, where) =>
  decodeImage(member(asObject(body, where), "image", asObject, where), "image");

const decodeUnlessDeleted: Decode<GlanceImage | undefined> = (body, where) =>
  asDeleted(body, where) ? undefined : decodeImage(body, where);

/** Nothing for an answer whose headers break the rules of HTTP. */
function unreadable(error: unknown): undefined {
  if (error instanceof GlanceError && error.code === "BAD_RESPONSE") return undefined;
  throw error;
}

/** The answer to HEAD has no words of its own. A question about the image that has them, and costs as little, gives them. */
async function confirmAbsent(service: Service, id: string, signal: AbortSignal | undefined): Promise<undefined> {
  const request: ServiceRequest = { method: "GET", path: `${imagePath(id)}/members`, accept: [404], signal };
  const response = await service.request(request);
  if (response.status === 404) return service.confirmGone(request, response, id) as undefined;
  throw contradiction(service, request, response);
}

function contradiction(service: Service, request: ServiceRequest, response: HttpResponse): GlanceError {
  return service.failure(request, response, {
    code: "BAD_RESPONSE",
    message: "HEAD says that the image does not exist, and yet the service lists its members",
    hint: "Check whether a proxy before the image service refuses HEAD",
  });
}

/** The service looks at the source before it answers. Its 404 is about the source, and without a word of the URL. */
async function copying<T>(url: string | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (url === undefined || !(error instanceof GlanceError) || !hasStatus(error, 404)) throw error;
    throw error.with({
      code: "SOURCE",
      reason: `there is nothing to copy at ${cleanUrl(url)}`,
      hint: "Check the URL, and that the image service itself can reach it",
    });
  }
}

function ignoredOwner(owner: string): GlanceError {
  return new GlanceError({
    code: "UNSUPPORTED",
    message: `the image service did not make ${owner} the owner`,
    hint: "The Image API v1 lets only administrators set it, and ignores it from others",
  });
}
