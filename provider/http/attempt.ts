import { Readable } from "node:stream";
import { type Dispatcher, request as send } from "undici";
import { anyOf, cancelled } from "./abort";
import { GlanceError } from "./errors";
import { transportFailure } from "./failure";
import { reasonOf } from "./reason";
import { retryAfterSeconds } from "./retry";
import type { HttpRequest, HttpResponse, RequestBody, TransportOptions } from "./types";
import { Watchdog } from "./watchdog";

const largestBody = 64 * 1024 * 1024;
const userAgent = "pulumi-glance";

/** One sending of a request. */
export class Attempt {
  /** True once a byte of the body was asked for: it cannot be sent a second time. */
  bodyUsed = false;
  private readonly watchdog: Watchdog | undefined;
  private readonly deadline: AbortSignal | undefined;

  constructor(
    private readonly wanted: HttpRequest,
    private readonly requestId: string,
    private readonly options: TransportOptions,
    private readonly dispatcher: Dispatcher,
  ) {
    const isTransfer = wanted.body !== undefined || wanted.stream === true;
    if (isTransfer) this.watchdog = new Watchdog(options.idleTimeout ?? 120);
    else this.deadline = AbortSignal.timeout((options.requestTimeout ?? 60) * 1000);
  }

  async run(overall: AbortSignal | undefined): Promise<HttpResponse> {
    const signal = anyOf(this.wanted.signal, this.deadline, this.watchdog?.signal, overall);
    let streaming = false;
    try {
      const answer = await send(this.wanted.url, {
        dispatcher: this.dispatcher,
        method: this.wanted.method,
        headers: this.headers(),
        body: this.body(),
        signal,
      });
      const response = await this.read(answer);
      streaming = response.stream !== undefined;
      return response;
    } catch (error) {
      throw this.explain(error, overall);
    } finally {
      if (!streaming) this.watchdog?.stop();
    }
  }

  private headers(): Record<string, string> {
    const { headers, json, body } = this.wanted;
    return {
      accept: "application/json",
      "user-agent": userAgent,
      "x-openstack-request-id": this.requestId,
      ...(json !== undefined && { "content-type": "application/json" }),
      ...(body?.length !== undefined && { "content-length": String(body.length) }),
      ...lowerCase(headers),
    };
  }

  private body(): string | Readable | null {
    const { json, body } = this.wanted;
    if (body) return Readable.from(this.sending(body), { objectMode: false });
    return json === undefined ? null : JSON.stringify(json);
  }

  private async *sending(body: RequestBody): AsyncGenerator<Buffer> {
    this.bodyUsed = true;
    try {
      const watched = this.watchdog?.watch(await body.open());
      if (watched) yield* watched;
    } catch (error) {
      if (error instanceof GlanceError) throw error;
      throw new GlanceError({
        code: "SOURCE",
        message: `the data to send cannot be read: ${(error as Error).message}`,
        cause: error,
      });
    }
    this.watchdog?.expect(this.options.answerTimeout ?? 3600);
  }

  private async read({ statusCode: status, headers: raw, body }: Dispatcher.ResponseData): Promise<HttpResponse> {
    const headers = flatten(raw);
    const requestId = headers["x-openstack-request-id"] ?? this.requestId;
    const good = (status >= 200 && status < 300) || this.wanted.accept?.includes(status);
    if (good && this.wanted.stream) {
      this.watchdog?.expect(this.options.idleTimeout ?? 120);
      return { status, headers, requestId, text: "", json: noJson, stream: this.receiving(body) };
    }
    const text = await readText(body);
    if (!good) throw this.refusal(status, headers, requestId, text);
    return { status, headers, requestId, text, json: () => this.parse(text, status, requestId) };
  }

  private receiving(body: Dispatcher.ResponseData["body"]): Readable {
    const { watchdog } = this;
    const explain = (error: unknown) => this.explain(error, undefined);
    async function* chunks() {
      try {
        yield* watchdog?.watch(body) ?? body;
      } catch (error) {
        throw explain(error);
      } finally {
        watchdog?.stop();
        body.destroy();
      }
    }
    return Readable.from(chunks(), { objectMode: false });
  }

  private refusal(status: number, headers: Record<string, string>, requestId: string, text: string): GlanceError {
    const reason = reasonOf(text);
    return new GlanceError({
      code: "HTTP_STATUS",
      message: `the server answered ${status}${reason && `: ${reason}`}`,
      status,
      reason,
      requestId,
      retryAfter: retryAfterSeconds(headers["retry-after"]),
    });
  }

  private parse<T>(text: string, status: number, requestId: string): T {
    try {
      return JSON.parse(text);
    } catch (cause) {
      const { method, url } = this.wanted;
      const message = `the answer is not JSON: ${JSON.stringify(text.slice(0, 80))}`;
      throw new GlanceError({ code: "BAD_RESPONSE", message, method, url, status, requestId, cause });
    }
  }

  private explain(error: unknown, overall: AbortSignal | undefined): GlanceError {
    if (this.wanted.signal?.aborted) return cancelled();
    if (this.watchdog?.signal.aborted) return this.watchdog.signal.reason as GlanceError;
    if (this.deadline?.aborted || overall?.aborted) {
      const { requestTimeout = 60, overallTimeout = 300 } = this.options;
      const seconds = overall?.aborted ? overallTimeout : requestTimeout;
      return new GlanceError({ code: "TIMEOUT", message: `no complete answer within ${seconds} s` });
    }
    return transportFailure(error);
  }
}

async function readText(body: Dispatcher.ResponseData["body"]): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > largestBody)
      throw new GlanceError({ code: "BAD_RESPONSE", message: "the answer is larger than 64 MiB" });
  }
  return Buffer.concat(chunks).toString("utf8");
}

function flatten(raw: Dispatcher.ResponseData["headers"]): Record<string, string> {
  const entries = Object.entries(raw).filter((entry): entry is [string, string | string[]] => entry[1] !== undefined);
  return Object.fromEntries(
    entries.map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.join(", ") : value]),
  );
}

function lowerCase(headers: HttpRequest["headers"] = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function noJson(): never {
  throw new GlanceError({ code: "BAD_RESPONSE", message: "the answer was asked for as a stream" });
}
