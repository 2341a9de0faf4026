import { STATUS_CODES } from "node:http";
import { Readable } from "node:stream";
import { type ErrorFacts, GlanceError } from "./errors";
import { type Incoming, requestIdIn } from "./exchange";
import { faultIn } from "./fault";
import { reasonIn } from "./reason";
import { cleanUrl } from "./redact";
import { isRateLimit, retryAfterSeconds } from "./retry";
import type { HttpResponse } from "./types";

type Call = Pick<ErrorFacts, "method" | "url" | "requestId">;

/** What callers get of an answer that they accept. */
export function responseOf({ status, headers, body }: Incoming, call: Call & { requestId: string }): HttpResponse {
  const { requestId } = { ...call, ...requestIdIn(headers) };
  const answer = { status, headers, requestId };
  if (body instanceof Readable)
    return { ...answer, text: "", json: () => parsed("", { ...call, status, requestId }), stream: body };
  const text = body.toString("utf8");
  return { ...answer, text, json: () => parsed(text, { ...call, status, requestId }) };
}

/** The error for an answer that the caller does not accept. */
export function statusError({ status, headers, body }: Incoming, call: Call, secrets: readonly string[]): GlanceError {
  const text = body instanceof Readable ? "" : body.toString("utf8");
  const reason = reasonIn(text, secrets);
  const retryAfter = retryAfterSeconds(headers["retry-after"] ?? faultIn(text)?.retryAfter, Date.now());
  const name = [status, STATUS_CODES[status]].filter(Boolean).join(" ");
  return new GlanceError({
    ...call,
    code: "HTTP_STATUS",
    message: reason === undefined ? `the server answered ${name}` : `the server answered ${name}: ${reason}`,
    hint: redirection(status, headers),
    status,
    reason,
    ...requestIdIn(headers),
    // A rate limiter answers instead of the service.
    notSent: isRateLimit(status, retryAfter),
    retryAfter,
  });
}

function redirection(status: number, { location }: Incoming["headers"]): string | undefined {
  if (status < 300 || status > 399 || location === undefined) return undefined;
  return `Redirects are not followed; this one leads to ${cleanUrl(location)}`;
}

function parsed<T>(text: string, facts: Pick<ErrorFacts, "method" | "url" | "requestId" | "status">): T {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, which may hold a token.
    const what = text === "" ? "empty" : /^\s*</.test(text) ? "a page in HTML or XML" : "not JSON, or cut short";
    const message = `the answer is ${what} where JSON was expected`;
    throw new GlanceError({
      ...facts,
      code: "BAD_RESPONSE",
      message,
      hint: "Check that the URL is that of an OpenStack service",
    });
  }
}
