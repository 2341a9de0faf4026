import * as http from "node:http";
import * as https from "node:https";

/** Seconds after which an idle connection is given up: sooner than any server does, whose end would look like a fault. */
const idle = 4;

/** The server behind the proxy. */
export class Upstream {
  private readonly root: URL;
  private readonly agent: http.Agent;
  private readonly send: typeof http.request;

  /** Throws for what is no address of an HTTP server. */
  constructor(url: string) {
    const root = URL.parse(url);
    const transport = { "http:": http, "https:": https }[root?.protocol ?? ""];
    if (root === null || transport === undefined) throw new Error(`"${url}" is no http or https address.`);
    this.root = root;
    this.agent = new transport.Agent({ keepAlive: true, timeout: idle * 1000 });
    this.send = transport.request;
  }

  /** Repeats the head of a request as it came, with its spelling, order and `Host`; the body is yet to be written. */
  open({ method, url = "/", rawHeaders }: http.IncomingMessage): http.ClientRequest {
    const { protocol, hostname, port, pathname } = this.root;
    const path = pathname.replace(/\/$/, "") + url;
    const address = { protocol, hostname: hostname.replace(/^\[|\]$/g, ""), port, path };
    return this.send({ ...address, method, headers: rawHeaders, agent: this.agent });
  }

  close(): void {
    this.agent.destroy();
  }
}
