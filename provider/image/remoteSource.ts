import { createHttp } from "../http/client";
import { GlanceError } from "../http/errors";
import type { Http, HttpResponse, Method } from "../http/types";
import { withoutCredentials } from "./bytes";

/** What a URL looks like from here. */
export interface Seen {
  /** What speaks against an import, in words for a sentence that begins with the URL. */
  fault?: string;
  /** In bytes, where the server says it. */
  size?: number;
}

/** Seconds for each request. */
const patience = 4;
const redirects: readonly number[] = [301, 302, 303, 307, 308];
const mostRedirects = 5;

/**
 * Looks at a URL as an image service would, without its data: HEAD, and where that is refused one byte by GET. Nothing of the cloud is
 * sent there. Rejects only when the signal aborts.
 */
export async function lookAtUrl(url: string, signal: AbortSignal): Promise<Seen> {
  const http = createHttp({ retries: 0, connectTimeout: patience, requestTimeout: patience, idleTimeout: patience });
  try {
    const head = await follow(http, "HEAD", url, signal);
    return seenIn(head.status < 400 ? head : await follow(http, "GET", url, signal));
  } catch (error) {
    if (signal.aborted || !(error instanceof GlanceError)) throw error;
    return { fault: `cannot be read from here (${withoutCredentials(error.facts.message)})` };
  } finally {
    await http.close();
  }
}

async function follow(http: Http, method: Method, url: string, signal: AbortSignal): Promise<HttpResponse> {
  for (let [target, left] = [url, mostRedirects]; ; left -= 1) {
    const response = await ask(http, method, target, signal);
    const { location } = response.headers;
    if (!redirects.includes(response.status) || location === undefined || left === 0) return response;
    target = new URL(location, target).href;
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

function seenIn({ status, headers }: HttpResponse): Seen {
  if (redirects.includes(status)) return { fault: `redirects more than ${mostRedirects} times` };
  // The range of an empty file cannot be satisfied.
  if (status >= 400 && status !== 416) return { fault: `answers ${status} from here` };
  const size = status === 206 ? headers["content-range"]?.split("/")[1] : headers["content-length"];
  return size !== undefined && /^\d+$/.test(size) ? { size: Number(size) } : {};
}
