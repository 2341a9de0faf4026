import type { Readable } from "node:stream";
import { GlanceError } from "./errors";
import { sourceFailure } from "./failure";
import { cleanUrl } from "./redact";
import type { HttpRequest, RequestBody } from "./types";

const { version } = require("pulumi-glance/package.json") as { version: string };

/** Where a request goes. Throws CONFIG for what is no http or https URL. */
export function targetOf({ url }: HttpRequest): URL {
  const target = URL.canParse(url) ? new URL(url) : undefined;
  if (target?.protocol === "http:" || target?.protocol === "https:") return target;
  throw new GlanceError({ code: "CONFIG", message: `${cleanUrl(url)} is not a URL of a web service`, notSent: true });
}

/** Whether sending it twice does no harm (RFC 9110, 9.2.2), unless the caller knows better. */
export function isIdempotent({ method, body, idempotent }: HttpRequest): boolean {
  return idempotent ?? (["GET", "HEAD", "PUT", "DELETE"].includes(method) && body === undefined);
}

/** The headers of one attempt, names in lower case. What the caller sets wins. */
export function headersOf({ headers = {}, json, body }: HttpRequest, requestId: string): Record<string, string> {
  return {
    // Without it, Glance explains its errors in HTML.
    accept: "application/json",
    "user-agent": `pulumi-glance/${version}`,
    // Glance takes it for its own logs, and fails with 500 when it is longer than 64 characters (glance/api/middleware/context.py).
    "x-openstack-request-id": requestId,
    ...(json !== undefined && { "content-type": "application/json" }),
    ...(body?.length !== undefined && { "content-length": String(body.length) }),
    ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
  };
}

/** The bytes of one attempt. Rejects with SOURCE when the body cannot be opened, and with the signal's reason when it aborts. */
export async function openBody(
  { json, body }: HttpRequest,
  signal: AbortSignal,
): Promise<Buffer | Readable | undefined> {
  if (body) return opened(body, signal);
  return json === undefined ? undefined : Buffer.from(JSON.stringify(json));
}

function opened(body: RequestBody, signal: AbortSignal): Promise<Readable> {
  return new Promise((resolve, reject) => {
    const cancel = () => reject((signal.reason as GlanceError).with({ notSent: true }));
    if (signal.aborted) return cancel();
    signal.addEventListener("abort", cancel);
    const give = (stream: Readable) => (signal.aborted ? stream.destroy() : resolve(stream));
    const refuse = (error: unknown) => reject(sourceFailure(error).with({ notSent: true }));
    Promise.resolve()
      .then(() => body.open())
      .then(give, refuse)
      .finally(() => signal.removeEventListener("abort", cancel));
  });
}
