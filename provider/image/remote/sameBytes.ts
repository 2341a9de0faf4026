import { toUSVString } from "node:util";
import type { RemoteFacts } from "./types";

/** The facts on one printable line, to be kept and compared later; undefined where the server said nothing. */
export function identityText({ etag, lastModified, length }: RemoteFacts): string | undefined {
  const parts = [
    etag !== undefined && `etag=${escaped(etag)}`,
    lastModified !== undefined && `last-modified=${escaped(lastModified)}`,
    length !== undefined && `length=${length}`,
  ];
  return parts.filter((part) => part !== false).join(" ") || undefined;
}

/** Whether two identity texts stand for the same bytes, as `sameFacts` says. A text that is none can be compared with nothing. */
export function isSameContent(old: string, now: string): boolean | undefined {
  return sameFacts(factsOf(old), factsOf(now));
}

/**
 * Whether the facts are those of the same bytes; undefined where they do not tell. Mirrors give other ETags to the same file, but keep its
 * time and length; equal lengths alone say nothing, because raw disks have round ones.
 */
export function sameFacts(one: RemoteFacts, other: RemoteFacts): boolean | undefined {
  const lengths = compared(one.length, other.length);
  const etags = compared(opaque(one.etag), opaque(other.etag));
  const times = compared(one.lastModified, other.lastModified);
  if (lengths === false) return false;
  if (etags === true) return true;
  if (times === true) return lengths;
  return times ?? etags;
}

function compared<T>(one: T | undefined, other: T | undefined): boolean | undefined {
  return one === undefined || other === undefined ? undefined : one === other;
}

/** For weak comparison (RFC 9110, 8.8.3.2). */
function opaque(etag: string | undefined): string | undefined {
  return etag?.replace(/^W\//, "");
}

function factsOf(text: string): RemoteFacts {
  const parts = new Map(text.split(" ").map((part) => split(part)));
  const length = parts.get("length");
  return {
    etag: parts.get("etag"),
    lastModified: parts.get("last-modified"),
    length: length === undefined || !/^\d+$/.test(length) ? undefined : Number(length),
  };
}

function split(part: string): [name: string, value: string] {
  const [name = ""] = part.split("=", 1);
  return [name, part.slice(name.length + 1)];
}

function escaped(text: string): string {
  return toUSVString(text).replace(/[^\x21-\x7e]|%/gu, encodeURIComponent);
}
