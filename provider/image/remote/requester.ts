import type { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { createHttp } from "../../http/client";
import { type ErrorFacts, GlanceError, hasStatus } from "../../http/errors";
import { pauseBeforeRetry } from "../../http/retry";
import type { Http, TransportOptions } from "../../http/types";
import { restOfFile, wholeFile } from "./answers";
import { secretsOf } from "./credentials";
import { validatorOf } from "./facts";
import { sourceFailure, unreadable } from "./failure";
import { drop, type Found, follow, type Place, placeOf } from "./follow";
import type { RemoteFacts, RemoteFile } from "./types";

/** Attempts in a row that bring no byte, after the first. */
const retries = 5;
/** First pause between attempts, in seconds. It doubles. */
const firstPause = 1;
/** The longest pause a server may ask for, in seconds. */
const longestPause = 300;

/** Asks for one file, with patience. All its failures are `SOURCE` and tell no secret, but for `ABORTED`. */
export class Requester {
  private readonly http: Http;
  private readonly closing = new AbortController();
  private readonly start: Place;
  private place: Place;
  private attempts = 0;

  constructor(
    private readonly file: RemoteFile,
    private readonly transport: TransportOptions,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.http = createHttp({ ...transport, retries: 0 });
    this.start = placeOf(file);
    this.place = this.start;
    signal?.addEventListener("abort", this.abort);
    if (signal?.aborted) this.abort();
  }

  async whole(): Promise<{ stream: Readable; facts: RemoteFacts }> {
    return this.persist({}, ({ response }) => ({ stream: response.stream, facts: wholeFile(this.file, response) }));
  }

  /** What follows the first `done` bytes of the file with these facts, after a failure of what came before. */
  async rest(done: number, facts: RemoteFacts, failure: unknown): Promise<Readable> {
    await this.recover(failure);
    return this.persist(this.rangeFrom(done, facts, failure), ({ response }) => {
      restOfFile(this.file, response, done, facts);
      return response.stream;
    });
  }

  /** A byte came: whatever goes wrong next is a new trouble. */
  progressed(): void {
    this.attempts = 0;
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    this.signal?.removeEventListener("abort", this.abort);
    this.closing.abort();
    await this.http.close();
  }

  private readonly abort = () => this.closing.abort();

  private async persist<T>(headers: Record<string, string>, take: (found: Found) => T): Promise<T> {
    for (;;) {
      try {
        const found = await follow(this.http, this.place, {
          method: "GET",
          headers,
          secrets: secretsOf(this.file),
          signal: this.closing.signal,
        });
        this.place = found.place;
        return taken(found, take);
      } catch (error) {
        await this.recover(error);
      }
    }
  }

  private rangeFrom(done: number, facts: RemoteFacts, failure: unknown): Record<string, string> {
    if (done === 0) return {};
    const version = validatorOf(facts);
    if (version !== undefined) return { range: `bytes=${done}-`, "if-range": version };
    const why = `broke off after ${done} bytes, and its server does not tell whether the rest would be of the same file`;
    throw unreadable(this.file, why, { cause: failure });
  }

  /** Returns when it is time for another attempt. Throws where there is no hope. */
  private async recover(error: unknown): Promise<void> {
    if (this.place !== this.start && hasStatus(error, 401, 403, 404, 410)) {
      // What a redirect led to is often signed for a short time only.
      this.place = this.start;
      return;
    }
    this.attempts += 1;
    const seconds = error instanceof GlanceError ? this.pauseAfter(error.facts) : undefined;
    if (seconds === undefined) throw sourceFailure(this.file, error, this.attempts);
    await pause(seconds * 1000, undefined, { signal: this.closing.signal }).catch(() => {
      throw new GlanceError({ code: "ABORTED", message: "the operation was cancelled" });
    });
  }

  private pauseAfter(failure: ErrorFacts): number | undefined {
    return pauseBeforeRetry(passing(failure), {
      attempts: this.attempts,
      retries,
      backoff: this.transport.backoff ?? firstPause,
      remaining: longestPause,
      idempotent: true,
      bodyRead: false,
      random: Math.random(),
    });
  }
}

/** Nothing is changed by reading, so that a stall is as good as a lost connection, and any failure of the server as a gateway's. */
function passing(failure: ErrorFacts): ErrorFacts {
  if (failure.code === "STALLED") return { ...failure, code: "CONNECTION_LOST" };
  return (failure.status ?? 0) >= 500 ? { ...failure, status: 503 } : failure;
}

function taken<T>(found: Found, take: (found: Found) => T): T {
  try {
    return take(found);
  } catch (error) {
    drop(found.response);
    throw error;
  }
}
