import { createHttp } from "../http/client";
import { type ErrorCode, GlanceError } from "../http/errors";
import type { Http, HttpResponse, Method } from "../http/types";
import { withoutCredentials } from "./bytes";

/** Seconds for each request. */
const patience = 4;
const redirects: readonly number[] = [301, 302, 303, 307, 308];
const mostRedirects = 5;

/**
 * Looks at a URL as an image service would, without its data: HEAD, and where that is refused or not answered one byte by GET. Nothing of
 * the cloud is sent there, and no user info either. Rejects only when the signal aborts.
 *
 * @returns What speaks against an import, in words for a sentence that begins with the URL; undefined where nothing does.
 */
export async function lookAtUrl(url: string, signal: AbortSignal): Promise<string | undefined> {
  const http = createHttp({ retries: 0, connectTimeout: patience, requestTimeout: patience, idleTimeout: patience });
  try {
    const head = await follow(http, "HEAD", url, signal).catch(nothingIfUnanswered);
    return faultIn(head && head.status < 400 ? head : await follow(http, "GET", url, signal), url);
  } catch (error) {
    if (signal.aborted || !(error instanceof GlanceError)) throw error;
    return `cannot be read from here (${withoutCredentials(error.facts.message)})`;
  } finally {
    await http.close();
  }
}

const unanswered: ReadonlySet<ErrorCode> = new Set(["CONNECTION_LOST", "STALLED", "TIMEOUT"]);

/** Some servers, and what stands before them, know only GET. */
function nothingIfUnanswered(error: unknown): undefined {
  if (!(error instanceof GlanceError) || !unanswered.has(error.code)) throw error;
}

async function follow(http: Http, method: Method, url: string, signal: AbortSignal): Promise<HttpResponse> {
  for (let [target, left] = [url, mostRedirects]; ; left -= 1) {
    const response = await ask(http, method, target, signal);
    const { location } = response.headers;
    if (!redirects.includes(response.status) || location === undefined || left === 0) return response;
    const next = URL.parse(location, target);
    if (!next) throw new GlanceError({ code: "BAD_RESPONSE", message: "it redirects to what is no URL" });
    target = next.href;
  }
}

async function ask(http: Http, method: Method, url: string, signal: AbortSignal): Promise<HttpResponse> {
  const response = await http.request({
    method,
    url,
    headers: { accept: "*/*", ...(method === "GET" && { range: "bytes=0-0" }) },
    accept: everyStatus,
    // A server may ignore the range and send all of it.
    stream: true,
    signal,
  });
  response.stream?.on("error", () => {}).destroy();
  return response;
}

const everyStatus = Array.from({ length: 300 }, (_, n) => 300 + n);

function faultIn({ status }: HttpResponse, url: string): string | undefined {
  if (redirects.includes(status)) return `redirects more than ${mostRedirects} times`;
  // An image service may send the user info and be let in.
  if ((status === 401 || status === 403) && hasUserInfo(url)) return undefined;
  // The range of an empty file cannot be satisfied.
  return status >= 400 && status !== 416 ? `answers ${status} from here` : undefined;
}

function hasUserInfo(url: string): boolean {
  const { username, password } = new URL(url);
  return username !== "" || password !== "";
}
