import { randomUUID } from "node:crypto";
import type { OutgoingHttpHeaders } from "node:http";
import type { AnswerStatus, Fault } from "./rules";

export interface ErrorAnswer {
  headers: OutgoingHttpHeaders;
  body: string;
}

/** The answer that a fault stands for, as Glance (webob/exc.py) or a load balancer before it words it. */
export function errorAnswer(fault: Extract<Fault, { kind: "answer" }>): ErrorAnswer {
  const { headers, body } = wordings[fault.status](fault.reason);
  const retryAfter = fault.retryAfter === undefined ? {} : { "retry-after": String(fault.retryAfter) };
  return { headers: { ...headers, ...retryAfter }, body };
}

type Wording = (reason?: string) => ErrorAnswer;

const glance =
  (code: string, explanation: string, extra: OutgoingHttpHeaders = {}): Wording =>
  (reason = explanation) => ({
    headers: { "content-type": "application/json", "x-openstack-request-id": `req-${randomUUID()}`, ...extra },
    body: JSON.stringify({ message: `${reason}<br /><br />\n\n\n`, code, title: code.slice(code.indexOf(" ") + 1) }),
  });

const loadBalancer =
  (line: string, explanation: string): Wording =>
  (reason = explanation) => ({
    headers: { "content-type": "text/html", "cache-control": "no-cache" },
    body: `<html><body><h1>${line}</h1>\n${reason}\n</body></html>\n`,
  });

const wordings: Record<AnswerStatus, Wording> = {
  401: glance(
    "401 Unauthorized",
    "This server could not verify that you are authorized to access the document you requested.",
    { "www-authenticate": "Keystone uri=''" },
  ),
  409: glance("409 Conflict", "There was a conflict when trying to complete your request."),
  413: glance("413 Request Entity Too Large", "The body of your request was too large for this server."),
  429: glance("429 Too Many Requests", "The client has sent too many requests to the server."),
  500: glance(
    "500 Internal Server Error",
    "The server has either erred or is incapable of performing the requested operation.",
  ),
  502: loadBalancer("502 Bad Gateway", "The server returned an invalid or incomplete response."),
  503: loadBalancer("503 Service Unavailable", "No server is available to handle this request."),
};
