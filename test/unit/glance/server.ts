import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as the server saw it. */
export interface Seen {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage["headers"];
  body: string;
}

export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  /** An object is sent as JSON. */
  body?: unknown;
}

export type Script = (request: Seen) => Answer | Promise<Answer>;

/** A real HTTP server on loopback that answers as its script says and remembers what it was asked. */
export class ScriptedServer {
  readonly seen: Seen[] = [];
  script: Script = () => ({ status: 500, body: "no script" });
  private readonly server = createServer((request, response) => void this.answer(request, response));

  static async start(script?: Script): Promise<ScriptedServer> {
    const started = new ScriptedServer();
    if (script) started.script = script;
    await new Promise<void>((resolve) => started.server.listen(0, "127.0.0.1", resolve));
    return started;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** `METHOD path?query` of each request so far. */
  get calls(): string[] {
    return this.seen.map(({ method, path, query }) => `${method} ${path}${query.size > 0 ? `?${query}` : ""}`);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", this.url);
    const chunks = await request.toArray();
    const { method = "", headers } = request;
    const seen = { method, path: pathname, query: searchParams, headers, body: Buffer.concat(chunks).toString() };
    this.seen.push(seen);
    const { status = 200, headers: extra = {}, body = "" } = await this.script(seen);
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const type = typeof body === "string" ? "text/plain" : "application/json";
    response.writeHead(status, { "content-type": type, "x-openstack-request-id": "req-answer", ...extra });
    response.end(text);
  }
}
