import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { anyOf, cancelled } from "./abort";
import { Attempt } from "./attempt";
import { createDispatcher } from "./dispatcher";
import { GlanceError } from "./errors";
import { cleanUrl } from "./redact";
import { mayRetry, pauseBefore } from "./retry";
import type { Http, HttpRequest, HttpResponse, TransportOptions } from "./types";

/**
 * A client for one cloud. Ordinary requests have a deadline per attempt and one overall, and are repeated where that
 * does no harm; transfers are watched for stalls instead. Redirects are never followed.
 */
export function createHttp(options: TransportOptions): Http {
  const dispatcher = createDispatcher(options);
  const { retries = 4, backoff = 0.5, overallTimeout = 300 } = options;

  async function request(wanted: HttpRequest): Promise<HttpResponse> {
    const requestId = `req-${randomUUID()}`;
    const isTransfer = wanted.body !== undefined || wanted.stream === true;
    const overall = isTransfer ? undefined : AbortSignal.timeout(overallTimeout * 1000);
    for (let attempts = 1; ; attempts += 1) {
      const attempt = new Attempt(wanted, requestId, options, dispatcher);
      try {
        return await attempt.run(overall);
      } catch (error) {
        const failure = named(error as GlanceError, wanted, requestId);
        const tried = { failure, attempts, retries, idempotent: isIdempotent(wanted), bodyUsed: attempt.bodyUsed };
        if (overall?.aborted || !mayRetry(tried)) throw failure;
        const pause = pauseBefore(tried, backoff);
        await sleep(pause * 1000, undefined, { signal: anyOf(wanted.signal, overall) }).catch(() => {
          throw wanted.signal?.aborted ? named(cancelled(), wanted, requestId) : failure;
        });
      }
    }
  }

  return { request, close: () => dispatcher.destroy() };
}

function isIdempotent({ method, body, idempotent }: HttpRequest): boolean {
  return idempotent ?? (method === "GET" || method === "HEAD" || method === "DELETE" || (method === "PUT" && !body));
}

function named(error: GlanceError, { method, url }: HttpRequest, requestId: string): GlanceError {
  const { facts } = error;
  return new GlanceError({ ...facts, method, url: cleanUrl(url), requestId: facts.requestId ?? requestId });
}
