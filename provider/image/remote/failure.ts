import { type ErrorFacts, GlanceError } from "../../http/errors";
import { withoutSecrets } from "../../http/redact";
import { withoutCredentials } from "../withoutCredentials";
import { secretsOf } from "./credentials";
import { mostRedirects, redirects } from "./follow";
import type { RemoteFile } from "./types";

/** The file cannot be read, whatever the reason: `SOURCE`, so that nobody takes it for a failure of the cloud. */
export function unreadable(file: RemoteFile, why: string, more: Pick<ErrorFacts, "hint" | "noImage" | "cause"> = {}) {
  return new GlanceError({ ...more, code: "SOURCE", message: `${withoutCredentials(file.url)} ${why}` });
}

/** What the failure of a request means for the file, told without its credentials. */
export function sourceFailure(file: RemoteFile, error: unknown, tries = 1): GlanceError {
  if (!(error instanceof GlanceError)) return unreadable(file, "cannot be read", { cause: error });
  const { code, message, status = 0, cause } = error.facts;
  if (code === "SOURCE") return error;
  if (code === "ABORTED") return new GlanceError({ code, message: "the operation was cancelled" });
  if (status === 416) return changed(file);
  const trials = tries > 1 ? ` (tried ${tries} times)` : "";
  const hint = code === "HTTP_STATUS" ? statusHint(status) : (hints[code] ?? error.facts.hint);
  return unreadable(file, `cannot be read: ${told(file, message)}${trials}`, { hint, cause });
}

/** Words about the file, without its secrets: a server may repeat them, and so may a client that names the URL. */
export function told(file: RemoteFile, words: string): string {
  // A path with its query, as servers name it, may be that of a redirect.
  const queryless = withoutSecrets(words, secretsOf(file)).replace(/\?[^\s?"<>]*=[^\s"<>]*/g, "");
  return withoutCredentials(queryless);
}

export function changed(file: RemoteFile): GlanceError {
  return unreadable(file, "changed while it was read", { hint: "Try again when it is complete" });
}

const hints: Partial<Record<string, string>> = {
  TLS: "Let NODE_EXTRA_CA_CERTS name a file with the authority that signed the server's certificate",
};

/** What is wrong with an answer of this status, which is not 200. In words for a sentence that begins with the file. */
export function statusFault(status: number): string {
  return redirects.includes(status) ? `redirects more than ${mostRedirects} times` : `answers ${status} from here`;
}

export function statusHint(status: number): string | undefined {
  if (status === 401 || status === 403) return "The server wants (other) credentials: sourceCredentials";
  return status === 404 || status === 410 ? "Check the URL" : undefined;
}
