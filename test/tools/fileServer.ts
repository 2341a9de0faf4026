import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** What a path answers. */
export type FileAnswer =
  /** The whole content. */
  | Uint8Array
  | string
  /** Generated content; without `size` its length is not announced. */
  | { stream: () => Readable; size?: number }
  /** An error. */
  | { status: number; body?: string; headers?: Record<string, string> }
  /** The whole content, for those who send this `Authorization`; 401 for others. */
  | { content: Uint8Array; authorization: string }
  /** The first `after` bytes, then the connection is cut: the announced length is not reached. */
  | { content: Uint8Array; closeAfter: number }
  /** The first `after` bytes, then nothing, until the client or the server goes. */
  | { content: Uint8Array; stallAfter: number };

/** A web server on loopback for images to import. Paths that it does not know are 404. */
export class FileServer {
  /** Method and path of every request so far, e.g. `GET /image.raw`. */
  readonly requests: string[] = [];
  private readonly stalled = new Map<string, ServerResponse[]>();

  private constructor(
    private readonly server: Server,
    private readonly files: Map<string, FileAnswer>,
  ) {
    server.on("request", (request, response) => this.answer(request, response));
  }

  static async start(files: Record<string, FileAnswer> = {}): Promise<FileServer> {
    const server = createServer();
    const started = new FileServer(server, new Map(Object.entries(files)));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return started;
  }

  /** Address of a path, e.g. `url("/image.raw")`. */
  url(path: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${path}`;
  }

  /** What a path answers from now on. */
  set(path: string, answer: FileAnswer): string {
    this.files.set(path, answer);
    return this.url(path);
  }

  /** Sends the rest of what a path holds back, to those who wait for it and to those who come. */
  release(path: string): void {
    const answer = this.files.get(path);
    if (typeof answer !== "object" || !("stallAfter" in answer)) return;
    this.files.set(path, answer.content);
    for (const response of this.stalled.get(path) ?? []) response.end(answer.content.subarray(answer.stallAfter));
    this.stalled.delete(path);
  }

  async close(): Promise<void> {
    const closed = once(this.server, "close");
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    this.requests.push(`${request.method} ${path}`);
    const answer = this.files.get(path) ?? { status: 404 };
    if (typeof answer === "string" || answer instanceof Uint8Array) {
      response.setHeader("Content-Length", Buffer.byteLength(answer)).end(answer);
    } else if ("status" in answer) {
      response.writeHead(answer.status, answer.headers).end(answer.body);
    } else if ("stream" in answer) {
      if (answer.size !== undefined) response.setHeader("Content-Length", answer.size);
      // A client that goes away ends the stream; there is nobody left to tell.
      pipeline(answer.stream(), response).catch(() => {});
    } else if ("authorization" in answer) {
      const isAllowed = request.headers.authorization === answer.authorization;
      if (isAllowed) response.setHeader("Content-Length", answer.content.byteLength).end(answer.content);
      else response.writeHead(401).end();
    } else {
      response.setHeader("Content-Length", answer.content.byteLength);
      if (request.method === "HEAD") return void response.end();
      const closes = "closeAfter" in answer;
      const part = answer.content.subarray(0, closes ? answer.closeAfter : answer.stallAfter);
      response.write(part, () => closes && response.destroy());
      if (!closes) this.stalled.set(path, [...(this.stalled.get(path) ?? []), response]);
    }
  }
}
