import { users } from "../users";

/** The user admin at Keystone. */
export class Administrator {
  private constructor(
    private readonly authUrl: string,
    private readonly token: string,
  ) {}

  static async logIn(authUrl: string): Promise<Administrator> {
    const { username, password, projectName } = users.admin;
    const domain = { id: "default" };
    const auth = {
      identity: { methods: ["password"], password: { user: { name: username, password, domain } } },
      scope: { project: { name: projectName, domain } },
    };
    const response = await send("POST", `${authUrl}/auth/tokens`, {}, { auth });
    return new Administrator(authUrl, response.headers.get("x-subject-token") ?? "");
  }

  /** Lets Keystone decide for the first time who may do what. */
  async readOwnToken(): Promise<void> {
    await send("GET", `${this.authUrl}/auth/tokens`, { "X-Auth-Token": this.token, "X-Subject-Token": this.token });
  }

  async idsByName(collection: string): Promise<Map<string, string>> {
    const body = (await (await this.send("GET", collection)).json()) as Record<string, { id: string; name: string }[]>;
    return new Map(body[collection]?.map(({ id, name }) => [name, id]));
  }

  async create(collection: string, kind: string, values: Record<string, string>): Promise<string> {
    const body = (await (await this.send("POST", collection, { [kind]: values })).json()) as Record<
      string,
      { id: string }
    >;
    return body[kind]?.id ?? "";
  }

  async put(path: string): Promise<void> {
    await this.send("PUT", path);
  }

  private send(method: string, path: string, json?: unknown): Promise<Response> {
    return send(method, `${this.authUrl}/${path}`, { "X-Auth-Token": this.token }, json);
  }
}

async function send(method: string, url: string, headers: Record<string, string>, json?: unknown): Promise<Response> {
  const response = await fetch(url, {
    method,
    headers: { "Content-Type": "application/json", ...headers },
    body: json === undefined ? null : JSON.stringify(json),
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
  return response;
}
