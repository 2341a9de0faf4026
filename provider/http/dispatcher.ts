import type { Socket } from "node:net";
import { buildConnector, type Dispatcher, EnvHttpProxyAgent, Pool } from "undici";
import { readProxies } from "./proxy";
import type { Settings } from "./settings";
import { readTls } from "./tls";
import type { TransportOptions } from "./types";

/** The connections of one transport. */
export interface Connections {
  /** Transfers have connections of their own, as many as there are of them: a status request must not wait behind an upload of an hour. */
  to(url: URL, use: "request" | "transfer"): Dispatcher;
  /** Ends every connection and fails what is under way. */
  destroy(): Promise<void>;
}

/** Prepares the connections; none is made yet. Throws CONFIG for PEM files and proxy variables that cannot be used. */
export function createConnections(options: TransportOptions, settings: Settings): Connections {
  const proxies = readProxies(options.env ?? process.env);
  const agent = agentMaker(options, settings, proxies.noProxy);
  const agentsByWay = (connections: number | null) => ({
    "http:": agent(proxies["http:"], connections),
    "https:": agent(proxies["https:"], connections),
    direct: agent("", connections),
  });
  // One transfer may feed another one to the same origin: those that run must never wait for those that have not begun.
  const agents = { request: agentsByWay(settings.connections), transfer: agentsByWay(null) };
  const wayTo = (url: URL) => {
    if (proxies.isInNoProxyNetwork(url)) return "direct";
    return url.protocol === "https:" ? "https:" : "http:";
  };
  return {
    to: (url, use) => agents[use][wayTo(url)],
    async destroy() {
      const all = Object.values(agents).flatMap((byWay) => Object.values(byWay));
      await Promise.all(all.map((one) => one.destroy()));
    },
  };
}

function agentMaker(options: TransportOptions, settings: Settings, noProxy: string) {
  const tls = readTls(options);
  const timeout = settings.connectTimeout * 1000;
  // The client certificate is for the cloud, not for the proxy.
  const { cert: _cert, key: _key, ...proxyTls } = tls;
  const common = {
    allowH2: false,
    // Glance answers an upload only when it has stored the bytes; undici would give up after five minutes. Our own watches decide.
    headersTimeout: 0,
    bodyTimeout: 0,
    // Image API v1 carries every property of an image in headers.
    maxHeaderSize: 256 * 1024,
  };
  const connect = buildConnector({ ...tls, allowH2: false, timeout });

  return (proxy: string, connections: number | null) => {
    const pool = { ...common, connections };
    return new EnvHttpProxyAgent({
      // undici would send https through the proxy for http when there is none for https; other clients do not.
      httpProxy: proxy,
      httpsProxy: proxy,
      noProxy,
      ...pool,
      connect,
      connectTimeout: timeout,
      requestTls: { ...tls, allowH2: false },
      proxyTls: { ...proxyTls, allowH2: false },
      // How long the proxy may take to answer CONNECT.
      clientFactory: (origin, more) => new Pool(origin, { ...more, headersTimeout: timeout }),
      factory: (origin, more) => new Pool(origin, { ...pool, ...more, connect: hearingOut(more) }),
    });
  };
}

type Connector = ReturnType<typeof buildConnector>;

/** The connector of a pool, whose sockets hear the server out before they fail. */
function hearingOut({ connect }: { connect?: Connector }): Connector {
  if (typeof connect !== "function") throw new TypeError("undici passes no connector to its pools");
  return (where, done) =>
    connect(where, (...result) => {
      const [, socket] = result;
      if (socket) hearOut(socket);
      done(...result);
    });
}

const hungUp = new Set(["EPIPE", "ECONNRESET"]);

/**
 * A server that refuses an upload answers and hangs up while we are still writing. The failed write would destroy the socket with the
 * answer unread in it, so it is held back: reading goes on, finds the answer or the end, and either one ends the request.
 */
function hearOut(socket: Socket): void {
  const held = (done: (error?: Error | null) => void) => (error?: Error | null) => {
    if (error && hungUp.has((error as NodeJS.ErrnoException).code ?? "")) return;
    done(error);
  };
  const write = socket._write;
  const writev = socket._writev;
  socket._write = (chunk, encoding, done) => write.call(socket, chunk, encoding, held(done));
  if (writev) socket._writev = (chunks, done) => writev.call(socket, chunks, held(done));
}
