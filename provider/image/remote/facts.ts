import type { HttpResponse } from "../../http/types";
import type { RemoteFacts } from "./types";

/** The head of an answer. */
type Head = Pick<HttpResponse, "status" | "headers">;

/** What an answer says of the whole file, also where it holds only a part of it (RFC 9110, 8.6, 8.8 and 14.4). */
export function factsIn({ status, headers }: Head): RemoteFacts {
  return {
    length: status === 200 ? countIn(headers["content-length"]) : contentRange(headers)?.total,
    etag: headers.etag?.trim() || undefined,
    lastModified: instantIn(headers["last-modified"]),
  };
}

/** Which bytes an answer holds; `from` is undefined where it holds none. */
export interface ContentRange {
  from: number | undefined;
  /** Of the whole file; undefined where the server does not know. */
  total: number | undefined;
}

export function contentRange(headers: Head["headers"]): ContentRange | undefined {
  const found = /^\s*bytes\s+(?:(\d+)-\d+|\*)\/(\d+|\*)\s*$/i.exec(headers["content-range"] ?? "");
  return found ? { from: countIn(found[1]), total: countIn(found[2]) } : undefined;
}

/**
 * What names this version of the file in `If-Range` (RFC 9110, 13.1.5): a weak ETag may not, because it may stay while bytes change.
 */
export function validatorOf({ etag, lastModified }: RemoteFacts): string | undefined {
  if (etag !== undefined && /^"[^"]*"$/.test(etag)) return etag;
  return lastModified && new Date(lastModified).toUTCString();
}

function countIn(text: string | undefined): number | undefined {
  if (text === undefined || !/^\s*\d+\s*$/.test(text)) return undefined;
  const count = Number(text);
  return Number.isSafeInteger(count) ? count : undefined;
}

function instantIn(header: string | undefined): string | undefined {
  // Date.parse would take a bare number for a year.
  const time = header !== undefined && /[a-z]/i.test(header) ? Date.parse(header) : Number.NaN;
  const instant = Number.isNaN(time) ? "" : new Date(time).toISOString();
  // Neither RFC 3339 nor the dates of HTTP have other years than those of four digits.
  return /^\d{4}-/.test(instant) ? instant.replace(/\.\d+Z$/, "Z") : undefined;
}
