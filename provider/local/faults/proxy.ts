import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { addressOf, listen } from "../listening";
import { ArmedRule } from "./armed";
import { Exchange, Sighting } from "./exchange";
import type { FaultRule, InjectedFault, SeenRequest } from "./rules";
import { suffer } from "./strikes";
import { Upstream } from "./upstream";

export type { Fault, FaultRule, InjectedFault, SeenRequest } from "./rules";

/** Where a fault proxy stands, and which rules it starts with. */
export interface FaultProxyOptions {
  /** The root of the server behind it, e.g. `http://127.0.0.1:9292`; a path in it precedes every request's path. */
  upstream: string;
  /** Address to listen on. Default `127.0.0.1`: only this machine. */
  host?: string;
  /** TCP port to listen on. Default 0: a free one. */
  port?: number;
  /** Rules from the first request on. Default none. */
  rules?: readonly FaultRule[];
}

/** An HTTP reverse proxy that does wrong on demand. */
export interface FaultProxy {
  /** Its root, e.g. `http://127.0.0.1:41234`. */
  readonly url: string;
  readonly port: number;
  /** The requests that came, in order. */
  readonly seen: readonly SeenRequest[];
  /** Adds rules. Where several are due for one request, the earliest strikes; all that match count it. */
  inject<Rules extends readonly FaultRule[]>(...rules: Rules): { [Rule in keyof Rules]: InjectedFault };
  /** Removes the rules and releases what they hold; keeps `seen`. */
  clear(): void;
  /** Empties `seen`. */
  forget(): void;
  /** Cuts all connections and stops listening. */
  close(): Promise<void>;
}

/** Starts a proxy in front of a server. Rejects when it cannot listen. */
export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const { host = "127.0.0.1", port = 0, rules = [] } = options;
  const upstream = new Upstream(options.upstream);
  const seen: Sighting[] = [];
  const armed: ArmedRule[] = [];

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "" } = request;
    const sighting = new Sighting(method, url.split("?", 1)[0] ?? "");
    seen.push(sighting);
    const exchange = new Exchange(request, response, upstream, sighting);
    const [due] = armed.filter((rule) => rule.claims(method, sighting.path));
    try {
      if (due === undefined) return await exchange.pass(await exchange.forward());
      const { fault, when } = due.rule;
      const strike = () => {
        sighting.fault = fault.kind;
        return due.strike(sighting);
      };
      await suffer({ exchange, fault, strike }, when);
    } catch (error) {
      exchange.fail(error);
    }
  }

  // Not fastify: a proxy wants heads and bodies as they come and routes nothing, and each test case starts one.
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: patience, highWaterMark: readAhead }, serve);
  const clear = () => {
    for (const rule of armed.splice(0)) rule.release();
  };
  const inject: FaultProxy["inject"] = (...more) => {
    const added = more.map((rule) => new ArmedRule(rule));
    armed.push(...added);
    return added as { [Rule in keyof typeof more]: ArmedRule };
  };
  inject(...rules);
  const place = { host, port };
  await listen(server, place);
  return {
    ...addressOf(server, place),
    seen,
    inject,
    clear,
    forget: () => void seen.splice(0),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      upstream.close();
    },
  };
}

/** Milliseconds that an idle client is kept: longer than clients keep idle connections, so that no fault comes unasked. */
const patience = 72_000;

/** Bytes of a body that are read while nobody wants them. Only where all is read is it noticed that a client has left. */
const readAhead = 1024 * 1024;
