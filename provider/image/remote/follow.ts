import { GlanceError } from "../../http/errors";
import type { Http, HttpRequest, HttpResponse } from "../../http/types";
import { credentialHeaders, secretsIn } from "./credentials";
import type { RemoteFile } from "./types";

/** Where a file is asked for, and what is told there. */
export interface Place {
  url: string;
  /** The credentials; none once a redirect led to another origin. */
  headers: Readonly<Record<string, string>>;
  /** Redirects from https to http are refused: anybody on the way could have put other bytes in. */
  staysSecure: boolean;
}

export interface Found {
  /** With `stream`. */
  response: HttpResponse & Required<Pick<HttpResponse, "stream">>;
  /** Where the redirects ended. */
  place: Place;
}

export const redirects: readonly number[] = [301, 302, 303, 307, 308];
export const mostRedirects = 5;

/** The place that the file's own URL names. */
export function placeOf(file: RemoteFile): Place {
  return { url: file.url, headers: credentialHeaders(file), staysSecure: isSecure(file.url) };
}

/**
 * Asks there, and where the answers redirect to. The last answer is a redirect where there are more than `mostRedirects`, or where it
 * leads nowhere.
 */
export async function follow(
  http: Http,
  from: Place,
  request: Pick<HttpRequest, "method" | "headers" | "accept" | "secrets" | "signal">,
): Promise<Found> {
  for (let [place, left] = [from, mostRedirects]; ; left -= 1) {
    const response = await ask(http, place, request);
    const { location } = response.headers;
    if (!redirects.includes(response.status) || location === undefined || left === 0) return { response, place };
    drop(response);
    place = redirected(place, location);
  }
}

/** Wants no more of the answer. */
export function drop({ stream }: Pick<HttpResponse, "stream">): void {
  stream?.on("error", () => {}).destroy();
}

async function ask(
  http: Http,
  { url, headers: secret }: Place,
  { headers, accept = [], secrets = [], ...request }: Parameters<typeof follow>[2],
): Promise<Found["response"]> {
  const response = await http.request({
    ...request,
    url,
    // Bytes that a server compresses for the way are not the file's. One that labels a .gz file as gzip-encoded, as Apache
    // does, sends the file as it is all the same: nothing is ever decoded, so what it says of the encoding does not matter.
    headers: { accept: "*/*", "accept-encoding": "identity", ...secret, ...headers },
    accept: [...redirects, ...accept],
    secrets: [...secrets, ...secretsIn(url)],
    stream: true,
  });
  return response as Found["response"];
}

function redirected({ url, headers, staysSecure }: Place, location: string): Place {
  const next = URL.parse(location, url);
  if (!next) throw new GlanceError({ code: "BAD_RESPONSE", message: "it redirects to what is no URL" });
  if (next.protocol !== "http:" && next.protocol !== "https:") {
    throw new GlanceError({ code: "BAD_RESPONSE", message: "it redirects to what is neither http nor https" });
  }
  if (staysSecure && !isSecure(next.href)) {
    throw new GlanceError({ code: "BAD_RESPONSE", message: "it redirects from https to http, which is not safe" });
  }
  return { url: next.href, headers: next.origin === new URL(url).origin ? headers : {}, staysSecure };
}

function isSecure(url: string): boolean {
  return new URL(url).protocol === "https:";
}
