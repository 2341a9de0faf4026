import { createHttp } from "../../../provider/http/client";
import { createSession, type SessionOptions } from "../../../provider/keystone/session";
import type { Cloud, Session } from "../../../provider/keystone/types";
import { type Answer, ScriptedServer, type Seen } from "../glance/server";

/** A Keystone and an image service on one loopback port. What they answer may be changed at any time. */
export class FakeCloud {
  /** Bodies of the token requests so far. */
  readonly asked: { auth: Record<string, unknown> }[] = [];
  /** Tokens that the image service accepts; a new one is added by each token request. */
  readonly valid = new Set<string>();
  /** Seconds that a token lives. */
  life = 3600;
  onTokenRequest: (seen: Seen, count: number) => Answer | Promise<Answer> = (_, count) => this.issue(`token-${count}`);
  onTokenRead: (seen: Seen) => Answer = () => ({ status: 500 });
  onCatalogRead: (seen: Seen) => Answer = () => ({ status: 500 });

  private constructor(readonly server: ScriptedServer) {}

  static async start(): Promise<FakeCloud> {
    const server = await ScriptedServer.start();
    const cloud = new FakeCloud(server);
    server.script = (seen) => cloud.answer(seen);
    return cloud;
  }

  get url(): string {
    return this.server.url;
  }

  /** Requests to the image service, by their tokens. */
  get imageTokens(): unknown[] {
    return this.server.seen
      .filter(({ path }) => path.startsWith("/image"))
      .map(({ headers }) => headers["x-auth-token"]);
  }

  get catalog(): object[] {
    const at = (region: string, iface: string) => ({
      interface: iface,
      region,
      region_id: region,
      url: `${this.url}/image/v2/`,
    });
    const endpoints = [at("R1", "internal"), at("R1", "public")];
    return [
      { type: "image", name: "glance", endpoints },
      { type: "compute", name: "nova", endpoints: [] },
    ];
  }

  /** The body of a token, as from Keystone. */
  token(more: object = {}): object {
    const issued = Date.UTC(2030, 0, 1);
    const time = (seconds: number) => new Date(issued + seconds * 1000).toISOString().replace("Z", "000Z");
    return {
      token: {
        issued_at: time(0),
        expires_at: time(this.life),
        project: { id: "p1", name: "demo" },
        catalog: this.catalog,
        ...more,
      },
    };
  }

  issue(id: string, more: object = {}): Answer {
    this.valid.add(id);
    return { status: 201, headers: { "x-subject-token": id }, body: this.token(more) };
  }

  async close(): Promise<void> {
    await this.server.close();
  }

  private answer(seen: Seen): Answer | Promise<Answer> {
    const call = `${seen.method} ${seen.path}`;
    if (call === "POST /v3/auth/tokens") {
      this.asked.push(JSON.parse(seen.body));
      return this.onTokenRequest(seen, this.asked.length);
    }
    if (call === "GET /v3/auth/tokens") return this.onTokenRead(seen);
    if (call === "GET /v3/auth/catalog") return this.onCatalogRead(seen);
    const accepted = this.valid.has(String(seen.headers["x-auth-token"]));
    return accepted ? { body: { path: seen.path } } : { status: 401, body: "no token" };
  }
}

/** A cloud as `resolveCloud` makes it: the user alice with a password. */
export function cloudAt(url: string, more: Partial<Cloud> = {}): Cloud {
  return {
    name: "lab",
    source: 'the cloud "lab" in clouds.yaml',
    authType: "password",
    authUrl: `${url}/v3`,
    auth: {
      userName: "alice",
      userDomainId: "default",
      password: "s3cret",
      projectName: "demo",
      projectDomainId: "default",
    },
    region: undefined,
    interface: "public",
    services: {},
    transport: { env: {} },
    warnings: [],
    ...more,
  };
}

const open: Session[] = [];

afterEach(async () => {
  for (const session of open.splice(0)) await session.close();
});

export function sessionFor(cloud: Cloud, options: SessionOptions = {}): Session {
  const session = createSession(cloud, createHttp({ ...cloud.transport, retries: 0 }), options);
  open.push(session);
  return session;
}

/** A clock that tests turn. */
export class TestClock {
  seconds = 1000;
  readonly read = () => this.seconds;
}
