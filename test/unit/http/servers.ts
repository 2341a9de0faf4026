import { readFileSync } from "node:fs";
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from "node:http";
import { createServer as createHttpsServer, type ServerOptions } from "node:https";
import { type AddressInfo, connect, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { createHttp } from "../../../provider/http/client";
import { GlanceError } from "../../../provider/http/errors";
import type { Http, HttpRequest, TransportOptions } from "../../../provider/http/types";

export const pem = (name: string) => join(__dirname, "../../fixtures/tls", name);

const closers: (() => Promise<unknown>)[] = [];

/** Ends everything that a test started. Every test file registers it with `afterEach`. */
export async function closeAll(): Promise<void> {
  await Promise.all(closers.splice(0).map((close) => close()));
}

/** A transport without proxies and with short pauses. */
export function transport(options: TransportOptions = {}): Http {
  const http = createHttp({ env: {}, backoff: 0.001, ...options });
  closers.push(() => http.close());
  return http;
}

async function listening<S extends Server>(server: S): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

/** A web server on loopback; returns its base URL. */
export async function web(handler: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listening(createHttpServer(handler))}`;
}

export async function secureWeb(
  handler: RequestListener,
  name = "server",
  options: ServerOptions = {},
): Promise<string> {
  const identity = { cert: readFileSync(pem(`${name}.pem`)), key: readFileSync(pem(`${name}.key`)) };
  return `https://127.0.0.1:${await listening(createHttpsServer({ ...identity, ...options }, handler))}`;
}

/** A server that speaks bytes. */
export async function raw(handler: (socket: Socket) => void): Promise<string> {
  return `http://127.0.0.1:${await listening(createTcpServer(handler))}`;
}

/** A port on loopback where nothing listens. */
export async function closedPort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A proxy that tunnels every CONNECT to where it leads and forwards absolute URLs; `seen` lists what it was asked. */
export async function proxy(refuse?: number): Promise<{ url: string; seen: string[] }> {
  const seen: string[] = [];
  const note = ({ method, url, headers }: IncomingMessage) =>
    seen.push([method, url, headers["proxy-authorization"]].filter(Boolean).join(" "));
  const server = createHttpServer((request, response) => {
    note(request);
    response.writeHead(refuse ?? 200, { "content-type": "application/json" }).end('"forwarded"');
  });
  server.on("connect", (request: IncomingMessage, client: Socket) => {
    note(request);
    client.on("error", () => {});
    if (refuse) return client.end(`HTTP/1.1 ${refuse} No\r\ncontent-length: 0\r\n\r\n`);
    const [host = "", port] = (request.url ?? "").split(":");
    const upstream = connect(Number(port), host, () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on("error", () => client.destroy());
    return undefined;
  });
  return { url: `http://127.0.0.1:${await listening(server)}`, seen };
}

/** The GlanceError with which a request fails. */
export async function failure(http: Http, request: HttpRequest): Promise<GlanceError> {
  const outcome = await http.request(request).catch((error: unknown) => error);
  if (outcome instanceof GlanceError) return outcome;
  throw new Error(`expected a GlanceError, got ${JSON.stringify(outcome)}`);
}

export function bodyOf(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => resolve(Buffer.concat(chunks))).on("error", reject);
  });
}

/** Answers in turn with the given handlers; the last one stays. */
export function inTurn(...handlers: RequestListener[]): RequestListener & { calls: IncomingMessage[] } {
  const calls: IncomingMessage[] = [];
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    const handler = handlers[Math.min(calls.length, handlers.length - 1)];
    calls.push(request);
    handler?.(request as never, response as never);
  };
  return Object.assign(listener, { calls });
}

export const status =
  (code: number, headers: Record<string, string> = {}, body = ""): RequestListener =>
  (_request, response) => {
    response.writeHead(code, headers).end(body);
  };

export const json = (value: unknown): RequestListener =>
  status(200, { "content-type": "application/json" }, JSON.stringify(value));
