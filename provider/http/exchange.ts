import { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import { type ErrorFacts, GlanceError } from "./errors";
import { explain, inCall, sourceFailure } from "./failure";
import type { Method } from "./types";
import type { Watch } from "./watch";

/** One sending of a request. */
export interface Outgoing {
  method: Method;
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: Buffer | Readable | undefined;
  /** Bytes of a streamed body, when known. */
  length: number | undefined;
  /** What a failure tells of the call. */
  call: Pick<ErrorFacts, "method" | "url" | "requestId">;
  /** Makes the watch of this sending; it calls back when it runs out. */
  watch(expired: (failure: Pick<ErrorFacts, "code" | "message">) => void): Watch;
  /** Aborts with a GlanceError as its reason. */
  signal: AbortSignal;
  /** How the body of an answer with this status is wanted. */
  bodyOf(status: number): "stream" | "whole" | "as far as it comes";
}

export interface Incoming {
  status: number;
  headers: Record<string, string>;
  body: Buffer | Readable;
}

/** More than this is no answer of an API. In bytes. */
const largestAnswer = 64 * 1024 * 1024;
/** What a slow reader of a stream lets come in, in bytes. */
const readAhead = 256 * 1024;
/** What is read of an answer that is an error, in bytes. */
const largestError = 1024 * 1024;

/** Sends a request once. Rejects with a GlanceError. */
export function exchange(dispatcher: Dispatcher, outgoing: Outgoing): Promise<Incoming> {
  return new Promise((resolve, reject) => new Exchange(outgoing, resolve, reject).start(dispatcher));
}

class Exchange implements Dispatcher.DispatchHandler {
  private readonly watch: Watch;
  private controller: Dispatcher.DispatchController | undefined;
  private over = false;
  private bytesSent = 0;
  private allSent = false;
  private status = 0;
  private headers: Record<string, string> = {};
  private handling: ReturnType<Outgoing["bodyOf"]> = "whole";
  private chunks: Buffer[] = [];
  private size = 0;
  private stream: Readable | undefined;

  constructor(
    private readonly outgoing: Outgoing,
    private readonly resolve: (incoming: Incoming) => void,
    private readonly reject: (error: GlanceError) => void,
  ) {
    this.watch = outgoing.watch((failure) => this.expire(failure));
  }

  start(dispatcher: Dispatcher): void {
    const { method, url, headers, body, signal } = this.outgoing;
    if (signal.aborted) {
      this.onAbort();
      return;
    }
    signal.addEventListener("abort", this.onAbort);
    // Registered before undici's own listener, so that a broken source is told from a broken connection.
    if (body instanceof Readable) body.on("error", (error) => this.fail(sourceFailure(error)));
    const path = url.pathname + url.search;
    try {
      dispatcher.dispatch({ origin: url.origin, path, method, headers: { ...headers }, body: body ?? null }, this);
    } catch (error) {
      this.fail(this.explained(error));
    }
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Given up while it waited for a connection.
    if (this.over) {
      controller.abort(new Error("given up"));
      return;
    }
    this.controller = controller;
    this.watch.begun();
  }

  onBodySent(chunk: Uint8Array): void {
    this.bytesSent += chunk.byteLength;
    if (!this.over) this.watch.moved();
  }

  onRequestSent(): void {
    this.allSent = true;
    if (!this.over) this.watch.sent();
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: NodeJS.Dict<string | string[]>): void {
    // 1xx announces the answer, it is none.
    if (this.over || status < 200) return;
    this.watch.moved();
    this.status = status;
    this.headers = joined(headers);
    this.handling = this.outgoing.bodyOf(status);
    if (this.handling !== "stream") return;
    this.stream = new Readable({
      highWaterMark: readAhead,
      read: () => this.resume(),
      destroy: (error, done) => {
        this.end();
        done(error);
      },
    });
    this.resolve({ status, headers: this.headers, body: this.stream });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.over) return;
    this.watch.moved();
    if (this.stream) {
      if (this.stream.push(chunk)) return;
      controller.pause();
      this.watch.paused();
      return;
    }
    this.chunks.push(chunk);
    this.size += chunk.byteLength;
    if (this.handling === "whole" && this.size > largestAnswer) {
      this.fail(new GlanceError({ code: "BAD_RESPONSE", message: "the answer is longer than 64 MiB" }));
    } else if (this.isErrorStatus && this.size > largestError) {
      this.finishEarly();
    }
  }

  onResponseEnd(): void {
    if (this.over) return;
    if (this.status < 300 && this.isBodyUnfinished()) {
      const message = `the server answered ${this.status} before it had the whole body`;
      this.fail(new GlanceError({ code: "BAD_RESPONSE", message }));
    } else {
      this.finish();
    }
  }

  onResponseError(_: Dispatcher.DispatchController | undefined, error: Error): void {
    if (this.over) return;
    if (this.isErrorStatus) this.finish();
    else this.fail(this.explained(error));
  }

  private resume(): void {
    if (this.over) return;
    this.watch.moved();
    this.controller?.resume();
  }

  private expire(failure: Pick<ErrorFacts, "code" | "message">): void {
    if (this.isErrorStatus) this.finishEarly();
    else this.fail(new GlanceError(failure));
  }

  /** An error status is the better news than what happens afterwards, however little of its explanation came through. */
  private get isErrorStatus(): boolean {
    return this.status !== 0 && this.handling === "as far as it comes";
  }

  private isBodyUnfinished(): boolean {
    const { body, length } = this.outgoing;
    return body instanceof Readable && (length === undefined ? !this.allSent : this.bytesSent < length);
  }

  private explained(error: unknown): GlanceError {
    const progress = {
      host: this.outgoing.url.host,
      begun: this.controller !== undefined,
      answered: this.status !== 0,
    };
    return explain(error, progress);
  }

  private readonly onAbort = () => {
    this.fail(this.outgoing.signal.reason as GlanceError);
  };

  private finish(): void {
    this.settle();
    if (this.stream) {
      this.stream.push(null);
      return;
    }
    const incoming = { status: this.status, headers: this.headers, body: Buffer.concat(this.chunks, this.size) };
    // undici frees the connection a turn of the event loop after the answer; a call made before that would open another one.
    queueMicrotask(() => setImmediate(this.resolve, incoming));
  }

  private finishEarly(): void {
    this.finish();
    this.controller?.abort(new Error("enough"));
  }

  private fail({ facts }: GlanceError): void {
    if (this.over) return;
    const known = new GlanceError({ ...facts, notSent: facts.notSent ?? !this.controller });
    const error = inCall(known, { ...this.outgoing.call, ...requestIdIn(this.headers) });
    this.settle();
    this.controller?.abort(error);
    if (this.stream) this.stream.destroy(error);
    else this.reject(error);
  }

  /** The reader of the stream is done with it, perhaps before its end. */
  private end(): void {
    if (this.over) return;
    this.settle();
    this.controller?.abort(new Error("the reader left"));
  }

  private settle(): void {
    const { body, signal } = this.outgoing;
    this.over = true;
    this.watch.end();
    signal.removeEventListener("abort", this.onAbort);
    if (body instanceof Readable) body.destroy();
  }
}

function joined(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value].flat().join(", ")]);
  return Object.fromEntries(entries);
}

/** The id under which the server logged the request. Nova before Newton has its own name for it. */
export function requestIdIn(headers: Readonly<Record<string, string>>): { requestId?: string } {
  const id = headers["x-openstack-request-id"] ?? headers["x-compute-request-id"];
  return id === undefined ? {} : { requestId: id.replace(/[^\x21-\x7e]/g, "").slice(0, 128) };
}
