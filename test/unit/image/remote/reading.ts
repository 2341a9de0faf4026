import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { GlanceError } from "../../../../provider/http/errors";
import { openRemote, type RemoteOptions } from "../../../../provider/image/remote/open";
import type { RemoteFile } from "../../../../provider/image/remote/types";

/** No proxies, and pauses that nobody notices. */
export const quick = { env: {}, backoff: 0.001 };

/** Reads all of a file. */
export async function read(file: RemoteFile | string, options: RemoteOptions = {}): Promise<Buffer> {
  const named = typeof file === "string" ? { url: file } : file;
  const { stream } = await openRemote(named, { transport: quick, ...options });
  return buffer(stream);
}

/** The GlanceError with which something fails. */
export async function failureOf(work: Promise<unknown>): Promise<GlanceError> {
  const outcome = await work.then(
    (value) => new Error(`expected a failure, got ${String(value).slice(0, 100)}`),
    (error: unknown) => error,
  );
  if (outcome instanceof GlanceError) return outcome;
  throw outcome;
}

/** Sends the first bytes of a longer answer, then does something to the connection. */
export function partly(
  content: Uint8Array,
  sent: number,
  headers: Record<string, string>,
  then: (response: ServerResponse) => void,
): RequestListener {
  return (_request, response) => {
    response.writeHead(200, { "content-length": String(content.length), ...headers });
    if (sent === 0) response.flushHeaders();
    response.write(content.subarray(0, sent), () => then(response));
  };
}

/** Answers a range of the content as RFC 9110 wants it, or all of it where the version is another one. */
export function ranged(content: Uint8Array, headers: Record<string, string>): RequestListener {
  return (request: IncomingMessage, response: ServerResponse) => {
    const [, from] = /^bytes=(\d+)-$/.exec(request.headers.range ?? "") ?? [];
    const version = request.headers["if-range"];
    const isSame = version === undefined || version === headers.etag || version === headers["last-modified"];
    if (from === undefined || !isSame) {
      response.writeHead(200, { "content-length": String(content.length), ...headers }).end(content);
      return;
    }
    const rest = content.subarray(Number(from));
    response
      .writeHead(206, {
        "content-length": String(rest.length),
        "content-range": `bytes ${from}-${content.length - 1}/${content.length}`,
        ...headers,
      })
      .end(rest);
  };
}
