import { abandonable } from "../http/abandon";
import { GlanceError, hasStatus } from "../http/errors";
import { cleanUrl } from "../http/redact";
import type { HttpResponse } from "../http/types";
import type { ServiceType, Session } from "../keystone/types";
import type { CallOptions, ImageApi } from "./api";
import { type ApiChoice, apiNames } from "./apiNames";
import type { Capabilities } from "./capabilities";
import { asObject, type Decode, listOf, member } from "./coerce";
import { type Dialect, type DialectOptions, dialects } from "./dialects";
import { explained } from "./service";

export interface ConnectOptions extends CallOptions, DialectOptions {
  /** Speak this one without asking the service for its versions. Default `auto`. */
  api?: ApiChoice | undefined;
}

/** The image service of a cloud. Throws UNSUPPORTED when it speaks nothing that this provider knows. */
export async function connect(session: Session, { api, signal, ...options }: ConnectOptions = {}): Promise<ImageApi> {
  const chosen = explicit(api);
  const endpoint = await abandonable(session.endpoint(serviceOf(api)), signal);
  const spoken = chosen ?? (await discover(session, endpoint, signal));
  return spoken.create(session, endpoint, options);
}

/** What an API can do, where that needs no question to the cloud. */
export function capabilitiesOf(api: ApiChoice | undefined): Capabilities | undefined {
  return explicit(api)?.capabilities;
}

/** Type of the service in the catalog that speaks an API. */
export function serviceOf(api: ApiChoice | undefined): ServiceType {
  return explicit(api)?.service ?? "image";
}

/** The URL of a service that no catalog lists, from the environment. */
export function endpointFrom(env: NodeJS.ProcessEnv, api: ApiChoice | undefined): string | undefined {
  const variable = explicit(api)?.endpointVariable;
  return variable === undefined ? undefined : env[variable] || undefined;
}

/** Whether two choices are found at the same URL of a cloud. */
export function isSameEndpoint(one: ApiChoice | undefined, other: ApiChoice | undefined): boolean {
  const [a, b] = [explicit(one), explicit(other)];
  return a?.service === b?.service && a?.endpointVariable === b?.endpointVariable;
}

/** Throws CONFIG for a word that names no API: it comes from configuration that nobody has checked. */
function explicit(api: ApiChoice | undefined): Dialect | undefined {
  if (api === undefined || api === "auto") return undefined;
  if (Object.hasOwn(dialects, api)) return dialects[api];
  throw new GlanceError({
    code: "CONFIG",
    message: `"${api}" is no image API`,
    hint: `Set api to one of auto, ${apiNames.join(", ")}`,
  });
}

async function discover(session: Session, endpoint: string, signal: AbortSignal | undefined): Promise<Dialect> {
  const known = Object.values(dialects);
  const { versions, failure } = await readVersions(session, endpoint, signal);
  const spoken =
    versions.length > 0
      ? known.find(({ serves }) => serves && versions.some(serves))
      : await firstRecognised(known, session, signal);
  if (spoken) return spoken;
  throw failure ?? unspoken(endpoint, versions);
}

/** The versions that the image service lists; undefined for an API whose services list none. */
export async function offeredVersions(session: Session, api: ApiChoice | undefined): Promise<string[] | undefined> {
  const chosen = explicit(api);
  if (chosen && !chosen.serves) return undefined;
  const { versions, failure } = await readVersions(session, await session.endpoint("image"), undefined);
  if (failure) throw failure;
  return versions;
}

interface Versions {
  /** Their ids, e.g. `v2.17`. None when the service does not tell them. */
  versions: string[];
  /** Why there are none. */
  failure?: GlanceError;
}

/** Glance lists its versions with status 200 or 300 (glance/api/versions.py); a gateway before it may keep them back. */
async function readVersions(session: Session, endpoint: string, signal: AbortSignal | undefined): Promise<Versions> {
  const path = "/versions";
  try {
    const response = await session.request("image", { method: "GET", path, accept: [300, 404], signal });
    return decodeVersions(response, endpoint + path);
  } catch (error) {
    if (error instanceof GlanceError && isKeptBack(error)) return { versions: [], failure: error };
    // What went wrong with Keystone says so itself.
    const isTheirs = error instanceof GlanceError && error.facts.url?.endsWith(path);
    throw isTheirs ? explained({ step: "reading the API versions" }, error) : error;
  }
}

/** A 401 of the service is the cause of an AUTH. One of Keystone has no such cause: asked again and again, it locks the user out. */
function isKeptBack(error: GlanceError): boolean {
  return hasStatus(error.code === "AUTH" ? error.facts.cause : error, 401, 403, 405);
}

function decodeVersions(response: HttpResponse, url: string): Versions {
  try {
    const entries = member(asObject(response.json(), "answer"), "versions", listOf(asVersion), "answer");
    return { versions: entries.filter((id) => id !== undefined) };
  } catch (error) {
    if (!(error instanceof GlanceError)) throw error;
    return { versions: [], failure: noVersions(url, response, error) };
  }
}

const asVersion: Decode<string | undefined> = (value) => {
  const id = typeof value === "object" && value !== null && "id" in value ? value.id : undefined;
  return typeof id === "string" ? id : undefined;
};

async function firstRecognised(
  known: readonly Dialect[],
  session: Session,
  signal: AbortSignal | undefined,
): Promise<Dialect | undefined> {
  for (const dialect of known) {
    if (dialect.sign && (await shows(dialect.sign, session, signal))) return dialect;
  }
  return undefined;
}

async function shows(
  { path, decode }: Required<Dialect>["sign"],
  session: Session,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  try {
    const response = await session.request("image", { method: "GET", path, signal });
    decode(response.json(), "answer");
    return true;
  } catch (error) {
    // The missing list of versions tells more than a refusal. What decides nothing must not decide for an older API.
    if (error instanceof GlanceError && !isUndecided(error)) return false;
    throw error;
  }
}

function isUndecided({ code, status = 0 }: GlanceError): boolean {
  const codes: readonly string[] = ["ABORTED", "TIMEOUT", "CONNECT", "CONNECTION_LOST"];
  return codes.includes(code) || (code === "HTTP_STATUS" && (status >= 500 || status === 429) && status !== 501);
}

function unspoken(endpoint: string, versions: readonly string[]): GlanceError {
  return new GlanceError({
    code: "UNSUPPORTED",
    message: `The image service at ${cleanUrl(endpoint)} offers ${versions.join(", ") || "no version"}; this provider speaks ${Object.keys(dialects).join(", ")}`,
  });
}

function noVersions(url: string, { status, requestId }: HttpResponse, cause: GlanceError): GlanceError {
  return new GlanceError({
    code: "UNSUPPORTED",
    message: `What answers there is no image service: it does not list API versions (${cause.facts.message})`,
    hint: "Check the endpoint of the image service in the catalog, or set the endpoint override",
    method: "GET",
    url: cleanUrl(url),
    status,
    requestId,
    cause,
  });
}
