import { GlanceError } from "../http/errors";
import type { HttpResponse } from "../http/types";
import type { Session } from "../keystone/types";
import type { CallOptions, ImageApi } from "./api";
import { asObject, asString, type Decode, listOf, member } from "./coerce";
import { createV2 } from "./v2";

/** A way to speak to an image service. */
interface Dialect {
  create(session: Session, endpoint: string): ImageApi;
  /** True for the versions that a service speaking it lists. Absent: only on request. */
  serves?(version: string): boolean;
}

/** The best comes first. */
const dialects = {
  v2: { create: createV2, serves: (version) => version.startsWith("v2.") },
} as const satisfies Record<string, Dialect>;

export type DialectName = keyof typeof dialects;

export interface ConnectOptions extends CallOptions {
  /** Speak this one without asking the service for its versions. */
  dialect?: DialectName | undefined;
}

/** The image service of a cloud. Throws UNSUPPORTED when it speaks nothing that this provider knows. */
export async function connect(session: Session, { dialect, signal }: ConnectOptions = {}): Promise<ImageApi> {
  const endpoint = await session.endpoint("image");
  if (dialect) return dialects[dialect].create(session, endpoint);
  const versions = await readVersions(session, endpoint, signal);
  const spoken = Object.values<Dialect>(dialects).find(({ serves }) => serves && versions.some(serves));
  if (spoken) return spoken.create(session, endpoint);
  throw new GlanceError({
    code: "UNSUPPORTED",
    message: `The image service at ${endpoint} offers ${versions.join(", ") || "no version"}; this provider speaks ${Object.keys(dialects).join(", ")}`,
  });
}

/** Ids of the versions, e.g. `v2.17`. Glance lists them with status 200 or 300 (glance/api/versions.py). */
async function readVersions(session: Session, endpoint: string, signal?: AbortSignal): Promise<string[]> {
  const path = "/versions";
  const response = await session.request("image", { method: "GET", path, accept: [300, 404], signal });
  try {
    return decodeVersions(response.json(), "answer");
  } catch (error) {
    if (!(error instanceof GlanceError)) throw error;
    throw noVersions(endpoint + path, response, error);
  }
}

const decodeVersions: Decode<string[]> = (body, where) =>
  member(asObject(body, where), "versions", listOf(decodeVersion), where);

const decodeVersion: Decode<string> = (value, where) => member(asObject(value, where), "id", asString, where);

function noVersions(url: string, { status, requestId }: HttpResponse, cause: GlanceError): GlanceError {
  return new GlanceError({
    code: "UNSUPPORTED",
    message: `What answers there is no image service: it does not list API versions (${cause.facts.message})`,
    hint: "Check the endpoint of the image service in the catalog, or set the endpoint override",
    method: "GET",
    url,
    status,
    requestId,
    cause,
  });
}
