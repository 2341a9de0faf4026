import { hasStatus } from "../http/errors";
import type { Http, HttpResponse } from "../http/types";
import { authenticate } from "./authentication";
import { endpointOf, serviceUrl } from "./catalog";
import { type Catalog, catalogSchema, type Token } from "./token";
import { identityUrl } from "./tokenRequest";
import type { Cloud, ServiceRequest, Session } from "./types";

// As keystoneauth: a token about to end would end in the middle of the call.
const margin = 120;

/** @param now - Milliseconds on a clock that only goes forward. */
export function createSession(cloud: Cloud, http: Http, now: () => number = () => performance.now()): Session {
  return new KeystoneSession(cloud, http, now);
}

class KeystoneSession implements Session {
  /** The token request that callers share, and the token it gave. */
  private current: Promise<Token> | undefined;
  private known: Token | undefined;

  constructor(
    private readonly cloud: Cloud,
    private readonly http: Http,
    private readonly now: () => number,
  ) {}

  async request(serviceType: string, request: ServiceRequest): Promise<HttpResponse> {
    const token = await this.token(margin);
    try {
      return await this.send(serviceType, request, token);
    } catch (error) {
      if (!hasStatus(error, 401) || !this.canRenew) throw error;
      this.forget(token);
      if (request.body !== undefined) throw error;
      return this.send(serviceType, request, await this.token(margin));
    }
  }

  async endpoint(serviceType: string): Promise<string> {
    const override = this.cloud.services[serviceType]?.endpointOverride;
    if (override !== undefined) return serviceUrl(serviceType, override);
    return endpointOf(this.cloud, serviceType, await this.catalog());
  }

  async projectId(): Promise<string | undefined> {
    return (await this.token(margin)).projectId;
  }

  async ensureValidFor(seconds: number): Promise<void> {
    if (this.canRenew) await this.token(seconds);
  }

  close(): Promise<void> {
    return this.http.close();
  }

  private async send(serviceType: string, { path, ...request }: ServiceRequest, token: Token): Promise<HttpResponse> {
    const url = (await this.endpoint(serviceType)) + path;
    const headers = { ...request.headers, ...(token.id && { "x-auth-token": token.id }) };
    return this.http.request({ ...request, url, headers });
  }

  /** The token if it lives long enough; otherwise a new one, which all who ask meanwhile share. */
  private async token(seconds: number): Promise<Token> {
    const token = await this.sharedToken();
    if (!this.canRenew || token.endsAt - this.now() >= seconds * 1000) return token;
    // A life shorter than what was asked for: a new token is the best there is.
    this.forget(token);
    return this.sharedToken();
  }

  private sharedToken(): Promise<Token> {
    this.current ??= this.renew();
    return this.current;
  }

  private renew(): Promise<Token> {
    const renewed = authenticate(this.cloud, this.http, this.now).then((token) => {
      this.known = token;
      return token;
    });
    renewed.catch(() => {
      if (this.current === renewed) this.current = undefined;
    });
    return renewed;
  }

  private forget(token: Token): void {
    if (this.known === token) {
      this.known = undefined;
      this.current = undefined;
    }
  }

  private get canRenew(): boolean {
    return this.cloud.authType === "password" || this.cloud.authType === "application_credential";
  }

  private async catalog(): Promise<Catalog> {
    const token = await this.token(margin);
    token.catalog ??= await this.fetchCatalog(token);
    return token.catalog;
  }

  /** Identity API v3, "Get service catalog": for tokens that came without one. */
  private async fetchCatalog(token: Token): Promise<Catalog> {
    const { authUrl } = this.cloud;
    if (authUrl === undefined) return [];
    const url = `${identityUrl(authUrl)}/auth/catalog`;
    const response = await this.http.request({ method: "GET", url, headers: { "x-auth-token": token.id } });
    return catalogSchema.parse(response.json<{ catalog?: unknown }>().catalog ?? []);
  }
}
