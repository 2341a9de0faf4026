import { createHttp } from "../../http/client";
import { type ErrorCode, GlanceError } from "../../http/errors";
import type { Http, HttpResponse, Method, TransportOptions } from "../../http/types";
import { isStrayPage, sentPage, strayPage } from "./answers";
import { hasUserInfo } from "./credentials";
import { factsIn } from "./facts";
import { statusFault, statusHint, told } from "./failure";
import { drop, follow, type Place, placeOf } from "./follow";
import type { RemoteFacts, RemoteFile } from "./types";

/** Seconds for each request. */
const patience = 4;

/**
 * Looks at a file without its bytes: HEAD, and where that is refused or not answered one byte by GET. Rejects only when the signal aborts.
 *
 * @returns What the server says of the file, or what speaks against reading it, in words for a sentence that begins with the URL.
 */
export async function look(
  file: RemoteFile,
  signal: AbortSignal,
  transport: TransportOptions = {},
): Promise<RemoteFacts | string> {
  const seen = await see(file, placeOf(file), signal, transport);
  if (typeof seen === "string") return seen;
  if (isThere(seen)) return isStrayPage(file, seen) ? sentPage : factsIn(seen);
  return [statusFault(seen.status), statusHint(seen.status)].filter((words) => words !== undefined).join(". ");
}

/** The error of a URL that answers with a web page; undefined for any other answer, and for none. Rejects only when the signal aborts. */
export async function lookForPage(file: RemoteFile, signal: AbortSignal): Promise<GlanceError | undefined> {
  const seen = await see(file, placeOf(file), signal);
  return typeof seen !== "string" && isThere(seen) && isStrayPage(file, seen) ? strayPage(file) : undefined;
}

/**
 * Looks at a URL as an image service would, without its data. Nothing of the cloud is sent there, and no user info either. Rejects only
 * when the signal aborts.
 *
 * @returns What speaks against an import, in words for a sentence that begins with the URL; undefined where nothing does.
 */
export async function lookAtUrl(url: string, signal: AbortSignal): Promise<string | undefined> {
  const seen = await see({ url }, { url, headers: {}, staysSecure: false }, signal);
  if (typeof seen === "string") return seen;
  // An image service may send the user info and be let in.
  if ((seen.status === 401 || seen.status === 403) && hasUserInfo(url)) return undefined;
  if (!isThere(seen)) return statusFault(seen.status);
  return isStrayPage({ url }, seen) ? sentPage : undefined;
}

async function see(
  file: RemoteFile,
  place: Place,
  signal: AbortSignal,
  transport?: TransportOptions,
): Promise<HttpResponse | string> {
  const short = { connectTimeout: patience, requestTimeout: patience, idleTimeout: patience };
  const http = createHttp({ ...short, ...transport, retries: 0 });
  try {
    const head = await ask(http, "HEAD", place, signal).catch(nothingIfUnanswered);
    return head && head.status < 400 ? head : await ask(http, "GET", place, signal);
  } catch (error) {
    if (signal.aborted || !(error instanceof GlanceError)) throw error;
    return `cannot be read from here (${told(file, error.facts.message)})`;
  } finally {
    await http.close();
  }
}

const unanswered: ReadonlySet<ErrorCode> = new Set(["CONNECTION_LOST", "STALLED", "TIMEOUT"]);

/** Some servers, and what stands before them, know only GET. */
function nothingIfUnanswered(error: unknown): undefined {
  if (!(error instanceof GlanceError) || !unanswered.has(error.code)) throw error;
}

async function ask(http: Http, method: Method, place: Place, signal: AbortSignal): Promise<HttpResponse> {
  const headers: Record<string, string> = method === "GET" ? { range: "bytes=0-0" } : {};
  const { response } = await follow(http, place, { method, headers, accept: everyStatus, signal });
  // A server may ignore the range and send all of it.
  drop(response);
  return response;
}

const everyStatus = Array.from({ length: 300 }, (_, n) => 300 + n);

/** The range of an empty file cannot be satisfied. */
function isThere({ status }: HttpResponse): boolean {
  return status < 300 || status === 416;
}
