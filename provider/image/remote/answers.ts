import type { HttpResponse } from "../../http/types";
import { contentRange, factsIn } from "./facts";
import { changed, statusFault, statusHint, unreadable } from "./failure";
import { sameFacts } from "./sameBytes";
import type { RemoteFacts, RemoteFile } from "./types";

type Head = Pick<HttpResponse, "status" | "headers">;

/** The facts of an answer that holds the whole file. Throws SOURCE for any other. */
export function wholeFile(file: RemoteFile, answer: Head): RemoteFacts {
  const { status, headers } = answer;
  if (status !== 200) throw unreadable(file, statusFault(status), { hint: statusHint(status) });
  if (isPage(headers) && !/\.html?$/i.test(new URL(file.url).pathname)) {
    throw unreadable(file, "sent a web page", {
      hint: "It may be one to log in at: give sourceCredentials, or the URL of the file itself",
      noImage: true,
    });
  }
  const facts = factsIn(answer);
  if (facts.length === 0) throw unreadable(file, "is empty", { noImage: true });
  return facts;
}

/** Throws SOURCE where the answer is not the rest of the file with these facts after so many bytes. */
export function restOfFile(file: RemoteFile, answer: Head, done: number, facts: RemoteFacts): void {
  const now = done === 0 ? wholeFile(file, answer) : factsIn(answer);
  if (sameFacts(facts, now) === false) throw changed(file);
  if (done > 0 && (answer.status !== 206 || contentRange(answer.headers)?.from !== done)) {
    // A whole file in answer to If-Range is another file, unless it says of itself that it is the same.
    if (answer.status === 200 && sameFacts(facts, now) !== true) throw changed(file);
    throw unreadable(file, `broke off after ${done} bytes, and its server does not send the rest of a file`);
  }
}

function isPage(headers: Head["headers"]): boolean {
  return /^\s*text\/html\b/i.test(headers["content-type"] ?? "");
}
