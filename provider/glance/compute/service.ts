import { type GlanceError, hasStatus } from "../../http/errors";
import { faultIn } from "../../http/fault";
import type { HttpResponse } from "../../http/types";
import type { ServiceRequest, Session } from "../../keystone/types";
import type { Decode } from "../coerce";
import { Service } from "../service";
import { readDocument } from "./xml";

/** What the Compute API is spoken in. */
export type Format = "json" | "xml";

/**
 * The Compute service of one cloud. Requests carry no microversion: from 2.36 on there are no images. Bodies are JSON, which every Nova
 * reads; answers are what the server gives, whatever was asked for: since Kilo it knows JSON only.
 */
export class ComputeService extends Service {
  constructor(
    session: Session,
    endpoint: string,
    private readonly format: Format,
  ) {
    super(session, endpoint, "compute");
  }

  override request(request: ServiceRequest): Promise<HttpResponse> {
    return super.request({ ...request, headers: { accept: `application/${this.format}`, ...request.headers } });
  }

  override decode<T>(request: ServiceRequest, response: HttpResponse, what: string, decode: Decode<T>): T {
    if (!/[/+]xml\b/i.test(response.headers["content-type"] ?? "")) {
      return super.decode(request, response, what, decode);
    }
    const answer = { ...response, json: <D>() => readDocument(response.text) as D };
    return super.decode(request, answer, what, decode);
  }

  /**
   * Takes a 404 for the service's word that an image does not exist. Its words for a path that does not exist are others, and a proxy
   * says 404 without any: both prove nothing.
   */
  override confirmGone(request: ServiceRequest, response: HttpResponse): void {
    const { name, message = "" } = faultIn(response.text) ?? {};
    if (name === "itemNotFound" && /\bimage\b/i.test(message)) return;
    throw this.failure(request, response, {
      code: "BAD_RESPONSE",
      message: "the answer is 404, but not in Nova's own words for an image that does not exist",
      hint: noProxy,
    });
  }
}

const noProxy =
  "If the Compute API of this cloud no longer has the image proxy, use Glance (api: v2). Otherwise check the endpoint of the Compute service: it holds a version, e.g. /v2.1";

/** A 404 for the list itself: there are no images below this endpoint. */
export function explainMissingList(error: GlanceError): GlanceError {
  return hasStatus(error, 404) ? error.with({ hint: noProxy }) : error;
}
