import { abandonable } from "../http/abandon";
import { type GlanceError, hasStatus } from "../http/errors";
import type { Http, HttpResponse } from "../http/types";
import { type Clock, type TokenSource, tokenSource } from "./authentication";
import { endpointIn, serviceUrl } from "./catalog";
import { tokenEnded, tokenRefused, tokenWanted } from "./refusal";
import { TokenHolder } from "./tokenHolder";
import type { Cloud, ServiceRequest, Session, TokenFacts } from "./types";

export interface SessionOptions {
  /** Monotonic time in seconds. Default: the process's. */
  clock?: Clock | undefined;
  /** Told about choices that the user may not have meant. Default: nobody. */
  warn?: ((text: string) => void) | undefined;
}

/** A session that authenticates when first used. It owns `http` and closes it. */
export function createSession(cloud: Cloud, http: Http, options: SessionOptions = {}): Session {
  return new KeystoneSession(cloud, http, options);
}

class KeystoneSession implements Session {
  private readonly source: TokenSource;
  private readonly tokens: TokenHolder;
  private readonly warned = new Set<string>();
  private readonly clock: Clock;

  constructor(
    private readonly cloud: Cloud,
    private readonly http: Http,
    private readonly options: SessionOptions,
  ) {
    this.clock = options.clock ?? (() => performance.now() / 1000);
    this.source = tokenSource(cloud, http, this.clock);
    this.tokens = new TokenHolder(this.source, this.clock, () => tokenEnded(cloud));
  }

  async request(serviceType: string, request: ServiceRequest): Promise<HttpResponse> {
    const token = await abandonable(this.tokenFor(serviceType), request.signal);
    try {
      return await this.send(serviceType, request, token);
    } catch (error) {
      if (!isRefused(error)) throw error;
      if (this.cloud.authType === "none") throw tokenWanted(serviceType, this.cloud, error);
      if (!this.source.renewable) throw tokenEnded(this.cloud, error);
      this.tokens.drop(token);
      if (request.body !== undefined) {
        throw error.with({
          hint: "The token ended during the transfer, which cannot be repeated by itself: run it again",
        });
      }
      const renewed = await abandonable(this.tokenFor(serviceType), request.signal);
      return await this.send(serviceType, request, renewed).catch((again) => {
        throw isRefused(again) ? tokenRefused(serviceType, again) : again;
      });
    }
  }

  async endpoint(serviceType: string): Promise<string> {
    const override = this.cloud.services[serviceType]?.endpointOverride;
    if (override !== undefined) return serviceUrl(serviceType, override);
    const { catalog = [] } = await this.tokens.get();
    return serviceUrl(
      serviceType,
      endpointIn(catalog, this.cloud, serviceType, (text) => this.warnOnce(text)),
    );
  }

  async projectId(): Promise<string | undefined> {
    return (await this.tokens.get()).project?.id;
  }

  async describe(): Promise<TokenFacts | undefined> {
    if (!this.source.asksKeystone) return undefined;
    const { user, project, roles = [], since, life, clockAhead } = await this.tokens.get();
    const secondsLeft = since + life - this.clock();
    return { user, project, roles, secondsLeft, renewable: this.source.renewable, clockAhead };
  }

  async ensureValidFor(seconds: number): Promise<void> {
    if (this.source.renewable) await this.tokens.get(seconds);
  }

  async close(): Promise<void> {
    this.tokens.close();
    await this.http.close();
  }

  /** Empty where no token is to be sent. */
  private async tokenFor(serviceType: string): Promise<string> {
    const { given } = this.source;
    const endpointKnown = this.cloud.services[serviceType]?.endpointOverride !== undefined;
    return given !== undefined && endpointKnown ? given : (await this.tokens.get()).id;
  }

  private async send(serviceType: string, { path, ...request }: ServiceRequest, token: string): Promise<HttpResponse> {
    const url = (await abandonable(this.endpoint(serviceType), request.signal)) + path;
    const headers = { ...request.headers, ...(token && { "X-Auth-Token": token }) };
    return this.http.request({ ...request, url, headers });
  }

  private warnOnce(text: string): void {
    if (!this.warned.has(text)) this.options.warn?.(text);
    this.warned.add(text);
  }
}

function isRefused(error: unknown): error is GlanceError {
  return hasStatus(error, 401);
}
