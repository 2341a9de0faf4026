import type { GlanceError } from "../../http/errors";
import type { HttpResponse } from "../../http/types";
import { contentRange, factsIn } from "./facts";
import { changed, statusFault, statusHint, unreadable } from "./failure";
import { sameFacts } from "./sameBytes";
import type { RemoteFacts, RemoteFile } from "./types";

type Head = Pick<HttpResponse, "status" | "headers">;

/** The facts of an answer that holds the whole file. Throws SOURCE for any other. */
export function wholeFile(file: RemoteFile, answer: Head): RemoteFacts {
  const { status } = answer;
  if (status !== 200) throw unreadable(file, statusFault(status), { hint: statusHint(status) });
  if (isStrayPage(file, answer)) throw strayPage(file);
  const facts = factsIn(answer);
  if (facts.length === 0) throw unreadable(file, "is empty", { noImage: true });
  return facts;
}

/**
 * Throws SOURCE where the answer is not the rest of the file with these facts after so many bytes. Where they have no length, they get the
 * answer's: a body without an announced end must not end where the first part of the rest does.
 */
export function restOfFile(file: RemoteFile, answer: Head, done: number, facts: RemoteFacts): void {
  const now = done === 0 ? wholeFile(file, answer) : factsIn(answer);
  if (sameFacts(facts, now) === false) throw changed(file);
  if (done > 0 && (answer.status !== 206 || contentRange(answer.headers)?.from !== done)) {
    // A whole file in answer to If-Range is another file, unless it says of itself that it is the same.
    if (answer.status === 200 && sameFacts(facts, now) !== true) throw changed(file);
    throw brokenOff(file, done, "does not send the rest of a file");
  }
  facts.length ??= now.length;
  if (done > 0 && facts.length === undefined) throw brokenOff(file, done, "does not tell how long the rest is");
}

function brokenOff(file: RemoteFile, done: number, why: string) {
  return unreadable(file, `broke off after ${done} bytes, and its server ${why}`);
}

/** In words for a sentence that begins with the URL. */
export const sentPage = "sent a web page";

export function strayPage(file: RemoteFile): GlanceError {
  return unreadable(file, sentPage, {
    hint: "It may be one to log in at: give sourceCredentials, or the URL of the file itself",
    noImage: true,
  });
}

/** Whether a web page came where another file was asked for. */
export function isStrayPage({ url }: Pick<RemoteFile, "url">, { headers }: Head): boolean {
  return /^\s*text\/html\b/i.test(headers["content-type"] ?? "") && !/\.html?$/i.test(new URL(url).pathname);
}
