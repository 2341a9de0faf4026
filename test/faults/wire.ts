import {
  type FaultProxy,
  type FaultRule,
  type InjectedFault,
  type SeenRequest,
  startFaultProxy,
} from "../../provider/local/faults/proxy";
import { environmentOf } from "../tools/clouds/environment";
import type { CloudUnderTest, Credentials } from "../tools/clouds/types";

/** What goes wrong with some requests, whichever service they are for. */
export interface Injected {
  /** Resolves when the fault first struck. */
  reached: Promise<SeenRequest>;
  /** How many requests it struck. */
  readonly struck: number;
}

/** The way of one client to a cloud and to a web server: a proxy of its own before each of them. */
export class Wire {
  private constructor(
    private readonly cloud: CloudUnderTest,
    /** By the origin that they stand for. */
    private readonly proxies: ReadonlyMap<string, FaultProxy>,
  ) {}

  /** @param source - Where image data is fetched from. */
  static async to(cloud: CloudUnderTest, source: string): Promise<Wire> {
    const origins = new Set([cloud.authUrl, cloud.imageUrl, source].map((url) => new URL(url).origin));
    const started = [...origins].map(async (upstream) => [upstream, await startFaultProxy({ upstream })] as const);
    return new Wire(cloud, new Map(await Promise.all(started)));
  }

  /** The cloud as it is reached on this way. */
  get reached(): Pick<CloudUnderTest, "authUrl" | "region"> {
    return { authUrl: this.through(this.cloud.authUrl), region: this.cloud.region };
  }

  /** Variables with which a program reaches the cloud on this way. */
  environment(user: Credentials): Record<string, string> {
    return environmentOf(this.reached, user);
  }

  /** The image service on this way. */
  get imageUrl(): string {
    return this.through(this.cloud.imageUrl);
  }

  /** Hosts and ports of the services on this way. */
  get hosts(): string[] {
    return [...this.proxies.values()].map(({ url }) => new URL(url).host);
  }

  get ports(): number[] {
    return [...this.proxies.values()].map(({ port }) => port);
  }

  /** Methods and paths of the requests so far; the order counts within a service only. */
  get seen(): readonly SeenRequest[] {
    return [...this.proxies.values()].flatMap(({ seen }) => seen);
  }

  inject(rule: FaultRule): Injected {
    const injected: InjectedFault[] = [...this.proxies.values()].flatMap((proxy) => proxy.inject(rule));
    return {
      reached: Promise.race(injected.map(({ reached }) => reached)),
      get struck() {
        return injected.reduce((sum, { struck }) => sum + struck, 0);
      },
    };
  }

  /** From now on nothing goes wrong. */
  clear(): void {
    for (const proxy of this.proxies.values()) proxy.clear();
  }

  forget(): void {
    for (const proxy of this.proxies.values()) proxy.forget();
  }

  async close(): Promise<void> {
    await Promise.all([...this.proxies.values()].map((proxy) => proxy.close()));
  }

  /** An address behind one of the proxies, as it is on this way. */
  through(url: string): string {
    const { origin, pathname } = new URL(url);
    return `${this.proxies.get(origin)?.url}${pathname === "/" ? "" : pathname}`;
  }
}
