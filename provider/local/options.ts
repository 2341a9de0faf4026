import type { Dialect } from "./dialects";
import type { FaultProxy, FaultRule } from "./faults/proxy";

/** How an embedded server is started. */
export interface GlanceLocalOptions {
  /** Address to listen on. Default `127.0.0.1`: only this machine. */
  host?: string;
  /** TCP port to listen on. Default 0: a free one. */
  port?: number;
  /**
   * Folder that keeps images, bytes, members, tasks, metadata definitions and application credentials. Default: a temporary one that
   * `close` removes.
   */
  dataDir?: string;
  /**
   * Hosts from which web-download may fetch at any port, even if they are this machine. Default none: only ports 80 and 443 of other
   * machines, like Glance.
   */
  allowHosts?: readonly string[];
  /** The APIs to serve. Default: all. */
  dialects?: readonly Dialect[];
  /**
   * Names of the regions: each has images of its own, all have the same users. The first is served as if it were alone, the others
   * below `/regions/NAME`; with a `dataDir` their order is the same in every run. Default: RegionOne.
   */
  regions?: readonly string[];
  /** Seconds that a token is valid. Default 3600. */
  tokenLifetime?: number;
  /**
   * Faults to be injected: everything is served through a proxy that does wrong by these rules and those that are added later. An empty
   * list starts the proxy without a rule. Default: no proxy.
   */
  faults?: readonly FaultRule[];
}

/** A running embedded server. */
export interface GlanceLocal {
  /** Its root, e.g. `http://127.0.0.1:9292`. */
  url: string;
  /** Keystone v3: `<url>/identity/v3`. */
  authUrl: string;
  /** The image service without a version: `<url>/image`. */
  imageUrl: string;
  /** Where that is, by name; other regions are in the catalog. */
  region: string;
  port: number;
  /** The proxy in front of it, to inject more faults and see the requests; only where it was started with `faults`. */
  faults?: FaultProxy;
  /** Breaks off running imports, ends all connections and, without a `dataDir`, removes the data. */
  close(): Promise<void>;
}
