import type { Http, HttpResponse, Method } from "../http/types";
import { explained, keystoneRefusal, keystoneUnreached, projectRefused } from "./refusal";
import { catalogOf, inspectedToken, issuedToken, type Token } from "./token";
import { identityUrl, tokenRequest } from "./tokenRequest";
import type { AuthType, Cloud } from "./types";

/** Monotonic time in seconds. */
export type Clock = () => number;

/** How a cloud's tokens come about. */
export interface TokenSource {
  /** A token that serves without Keystone wherever the endpoint is known. */
  readonly given?: string | undefined;
  /** Whether its tokens come from Keystone, with what it says of them. */
  readonly asksKeystone: boolean;
  /** Whether each `obtain` gives a token with a whole life before it. */
  readonly renewable: boolean;
  obtain(signal: AbortSignal): Promise<Token>;
}

const sources: Record<AuthType, (cloud: Cloud, http: Http, clock: Clock) => TokenSource> = {
  password: issuing,
  application_credential: issuing,
  token: (cloud, http, clock) => (cloud.authUrl ? exchanging(cloud, http, clock) : fixed(cloud)),
  admin_token: fixed,
  none: fixed,
};

export function tokenSource(cloud: Cloud, http: Http, clock: Clock): TokenSource {
  return sources[cloud.authType](cloud, http, clock);
}

function issuing(cloud: Cloud, http: Http, clock: Clock): TokenSource {
  const keystone = new Keystone(cloud, http, clock);
  return {
    asksKeystone: true,
    renewable: true,
    obtain: async (signal) => keystone.withCatalog(await keystone.issue(signal), signal),
  };
}

function fixed({ auth, authType }: Cloud): TokenSource {
  const given = authType === "none" ? "" : (auth.token ?? "");
  const token: Token = { id: given, life: Number.POSITIVE_INFINITY, since: 0, catalog: [] };
  return { given, asksKeystone: false, renewable: false, obtain: async () => token };
}

/**
 * A token that the user brought is exchanged for one with the wanted scope. Keystone may refuse that with 403 (rescoping
 * switched off, a token of a trust or of an application credential): then it serves as it is.
 */
function exchanging(cloud: Cloud, http: Http, clock: Clock): TokenSource {
  const keystone = new Keystone(cloud, http, clock);
  const given = cloud.auth.token ?? "";
  return {
    given,
    asksKeystone: true,
    renewable: false,
    obtain: async (signal) => {
      const exchanged = await keystone.exchange(signal);
      const token = exchanged ?? (await keystone.inspect(given, signal));
      if (!isInWantedProject(cloud, token)) throw projectRefused(cloud, token);
      return keystone.withCatalog(token, signal);
    },
  };
}

function isInWantedProject({ auth: { projectId, projectName } }: Cloud, { project }: Token): boolean {
  if (projectId !== undefined) return project?.id === projectId;
  return projectName === undefined || project?.name === projectName;
}

/** The three calls of the Identity API v3 that a session needs. */
class Keystone {
  private readonly root: string;

  constructor(
    private readonly cloud: Cloud,
    private readonly http: Http,
    private readonly clock: Clock,
  ) {
    this.root = identityUrl(cloud.authUrl ?? "");
  }

  async issue(signal: AbortSignal): Promise<Token> {
    const since = this.clock();
    return issuedToken(await this.post(signal, []), since);
  }

  /** Undefined when Keystone forbids the exchange. */
  async exchange(signal: AbortSignal): Promise<Token | undefined> {
    const since = this.clock();
    const response = await this.post(signal, [403]);
    return response.status === 403 ? undefined : issuedToken(response, since);
  }

  async inspect(id: string, signal: AbortSignal): Promise<Token> {
    const since = this.clock();
    const headers = { "X-Auth-Token": id, "X-Subject-Token": id };
    return inspectedToken(id, await this.call("GET", "/auth/tokens", { headers, signal }), since);
  }

  /** The token with its catalog, asked for when it came without; an unscoped token has none. */
  async withCatalog(token: Token, signal: AbortSignal): Promise<Token> {
    if (token.catalog !== undefined) return token;
    const headers = { "X-Auth-Token": token.id };
    const response = await this.call("GET", "/auth/catalog", { headers, signal }, [403, 404]);
    return { ...token, catalog: response.status === 200 ? catalogOf(response) : [] };
  }

  private post(signal: AbortSignal, good: readonly number[]): Promise<HttpResponse> {
    return this.call("POST", "/auth/tokens", { json: tokenRequest(this.cloud), signal, idempotent: true }, good);
  }

  private async call(
    method: Method,
    path: string,
    request: { headers?: Record<string, string>; json?: unknown; idempotent?: boolean; signal: AbortSignal },
    good: readonly number[] = [],
  ): Promise<HttpResponse> {
    const url = this.root + path;
    const response = await this.http.request({ ...request, method, url, accept: explained }).catch((error) => {
      throw keystoneUnreached(this.cloud, error);
    });
    if (!explained.includes(response.status) || good.includes(response.status)) return response;
    throw keystoneRefusal(this.cloud, response, method, url);
  }
}
