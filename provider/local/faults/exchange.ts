import { once } from "node:events";
import type { IncomingMessage, OutgoingHttpHeaders, OutgoingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { chunksOf } from "./body";
import type { Fault, SeenRequest } from "./rules";
import type { Upstream } from "./upstream";

/** What becomes of a body on its way. */
export type Through = (body: IncomingMessage, target: OutgoingMessage) => AsyncIterable<Buffer>;

/** To write this sends the head at once. `flushHeaders` would write it in UTF-8, and headers may be of any bytes. */
export const nothing = Buffer.alloc(0);

/** What a proxy notes of a request. */
export class Sighting implements SeenRequest {
  status: number | undefined;
  serverStatus: number | undefined;
  fault?: Fault["kind"];
  bytes = 0;

  constructor(
    readonly method: string,
    readonly path: string,
  ) {}
}

/** A request on its way from a client to the server, and the answer on its way back. Both stream. */
export class Exchange {
  private readonly leaving = new AbortController();
  /** Aborted when the client is gone. */
  readonly gone: AbortSignal = this.leaving.signal;

  constructor(
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
    private readonly upstream: Upstream,
    readonly seen: Sighting,
  ) {
    const { socket } = request;
    const leave = () => this.leaving.abort();
    for (const event of ["end", "close"]) socket.once(event, leave);
    response.once("close", () => {
      for (const event of ["end", "close"]) socket.off(event, leave);
      if (!response.writableFinished) leave();
    });
    // Whoever writes to a client that left learns it from `gone`.
    response.on("error", () => {});
  }

  /** Repeats the request to the server; resolves with the head of its answer. Rejects when the server ends the connection. */
  async forward(through: Through = chunksOf): Promise<IncomingMessage> {
    this.gone.throwIfAborted();
    const outgoing = this.upstream.open(this.request);
    outgoing.on("error", () => {});
    outgoing.write(nothing);
    this.gone.addEventListener("abort", () => outgoing.destroy());
    // A server may answer before it has the whole body, and want no more of it: the answer counts.
    pipeline(this.counted(through(this.request, outgoing)), outgoing).catch(() => this.request.resume());
    const [answer] = (await once(outgoing, "response")) as [IncomingMessage];
    this.seen.serverStatus = answer.statusCode;
    return answer;
  }

  /** Sends the server's answer to the client, as it came but for what is spoiled on purpose. */
  async pass(answer: IncomingMessage, through: Through = chunksOf, rawHeaders = answer.rawHeaders): Promise<void> {
    const { statusCode = 502, statusMessage = "" } = answer;
    this.seen.status = statusCode;
    this.response.sendDate = false;
    this.response.writeHead(statusCode, statusMessage, rawHeaders).write(nothing);
    try {
      await pipeline(through(answer, this.response), this.response);
    } finally {
      answer.destroy();
    }
  }

  /** Answers in the server's place. What comes of the request's body is thrown away. */
  answer(status: number, headers: OutgoingHttpHeaders, body: string): void {
    this.seen.status = status;
    this.response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) }).end(body);
  }

  /** Answers for a server that cannot be reached or breaks off: 502 while nothing has been answered, else the end of the connection. */
  fail(error: unknown): void {
    const { response, request } = this;
    if (this.gone.aborted || request.socket.destroyed || request.socket.writableEnded) return;
    if (response.headersSent) return void response.destroy();
    const { message } = error as Error;
    this.answer(502, { "content-type": "text/plain" }, `The fault proxy got no answer from its server: ${message}\n`);
  }

  /** Ends the client's connection with RST. */
  reset(): void {
    this.request.socket.resetAndDestroy();
  }

  /** Ends the client's connection with FIN when it has everything that was written. */
  end(): void {
    this.request.socket.destroySoon();
  }

  private async *counted(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      this.seen.bytes += chunk.length;
      yield chunk;
    }
  }
}
