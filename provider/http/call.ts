import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { responseOf, statusError } from "./answer";
import type { Connections } from "./dispatcher";
import { type ErrorFacts, GlanceError } from "./errors";
import { exchange } from "./exchange";
import { inCall } from "./failure";
import { headersOf, isIdempotent, openBody, targetOf } from "./outgoing";
import { cleanUrl, secretsOf } from "./redact";
import { pauseBeforeRetry } from "./retry";
import type { Settings } from "./settings";
import type { HttpRequest, HttpResponse } from "./types";
import { deadline, idleWatch, type Watch } from "./watch";

/** One call with all its attempts. */
export class Call {
  private readonly began = performance.now();
  private readonly url: URL;
  private readonly isTransfer: boolean;
  private attempts = 0;
  /** An earlier attempt may have had an effect. */
  private mayHaveArrived = false;

  constructor(
    private readonly request: HttpRequest,
    private readonly settings: Settings,
    private readonly connections: Connections,
  ) {
    this.url = targetOf(request);
    this.isTransfer = request.body !== undefined || request.stream === true;
  }

  /** @param signal - Aborts with a GlanceError as its reason. */
  async run(signal: AbortSignal): Promise<HttpResponse> {
    for (;;) {
      this.attempts += 1;
      // One id per attempt: in the server's log, an attempt must not be taken for another.
      const requestId = `req-${randomUUID()}`;
      let body: Buffer | Readable | undefined;
      try {
        body = await openBody(this.request, signal);
        return await this.attempt(body, requestId, signal);
      } catch (error) {
        if (!(error instanceof GlanceError)) throw error;
        const bodyRead = body instanceof Readable && body.readableDidRead;
        const seconds = this.pauseAfter(error, bodyRead);
        if (seconds === undefined) throw this.final(error, requestId);
        this.mayHaveArrived ||= error.facts.notSent !== true;
        await pause(seconds * 1000, undefined, { signal }).catch(() => {
          throw this.final((signal.reason as GlanceError).with({ notSent: true }), requestId);
        });
      }
    }
  }

  private async attempt(
    body: Buffer | Readable | undefined,
    requestId: string,
    signal: AbortSignal,
  ): Promise<HttpResponse> {
    const { method, accept = [], stream, json, secrets = [] } = this.request;
    const headers = headersOf(this.request, requestId);
    const call = this.named(requestId);
    const isAccepted = (status: number) => (status >= 200 && status < 300) || accept.includes(status);
    const incoming = await exchange(this.connections.to(this.url, this.isTransfer ? "transfer" : "request"), {
      method,
      url: this.url,
      headers,
      body,
      length: this.request.body?.length,
      call,
      watch: (expired) => this.watch(expired),
      signal,
      bodyOf: (status) => (!isAccepted(status) ? "as far as it comes" : stream ? "stream" : "whole"),
    });
    if (isAccepted(incoming.status)) return responseOf(incoming, call);
    throw statusError(incoming, call, [...secretsOf(headers, json), ...secrets]);
  }

  private watch(expired: (failure: Pick<ErrorFacts, "code" | "message">) => void): Watch {
    const { requestTimeout, idleTimeout, answerTimeout } = this.settings;
    if (!this.isTransfer) return deadline(Math.min(requestTimeout, this.remaining()), expired);
    return idleWatch({ idle: idleTimeout, answer: this.request.body && answerTimeout }, expired);
  }

  private pauseAfter({ facts }: GlanceError, bodyRead: boolean): number | undefined {
    return pauseBeforeRetry(facts, {
      attempts: this.attempts,
      retries: this.settings.retries,
      backoff: this.settings.backoff,
      remaining: this.remaining(),
      idempotent: isIdempotent(this.request),
      bodyRead,
      random: Math.random(),
    });
  }

  private remaining(): number {
    return this.settings.overallTimeout - (performance.now() - this.began) / 1000;
  }

  private named(requestId: string) {
    return { method: this.request.method, url: cleanUrl(this.request.url), requestId };
  }

  /** What the caller gets to see after the last attempt. */
  private final(failure: GlanceError, sentId: string): GlanceError {
    const { facts } = failure;
    const told = facts.message.replace(/\.$/, "");
    const message = this.attempts === 1 ? facts.message : `${told} (after ${this.attempts} attempts)`;
    const notSent = facts.notSent === true && !this.mayHaveArrived;
    return inCall(new GlanceError({ ...facts, message, notSent }), this.named(facts.requestId ?? sentId));
  }
}
