import { type GlanceLocal, type GlanceLocalOptions, startGlanceLocal } from "../../../provider/local";

export const octets = { "Content-Type": "application/octet-stream" };
export const rawFormats = { disk_format: "raw", container_format: "bare" };

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever a server answers
  body: any;
}

/** A user of a running server, with a token of the project that bears the user's name. */
export class Client {
  private constructor(
    readonly server: GlanceLocal,
    readonly token: string,
    readonly projectId: string,
  ) {}

  static async logIn(server: GlanceLocal, name = "demo", password = name, project = name): Promise<Client> {
    const { status, headers, body } = await requestToken(server, passwordAuth(name, password, project));
    if (status !== 201) throw new Error(`no token for ${name}: ${JSON.stringify(body)}`);
    return new Client(server, headers.get("x-subject-token") ?? "", body.token.project.id);
  }

  /** Sends a request to a path below `/v2`; an object becomes JSON. */
  send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const accept = { Accept: "application/json", "X-Auth-Token": this.token };
    return send(method, `${this.server.imageUrl}/v2${path}`, body, { ...accept, ...headers });
  }

  async create(fields: Record<string, unknown> = {}): Promise<Answer["body"]> {
    const { status, body } = await this.send("POST", "/images", fields);
    if (status !== 201) throw new Error(JSON.stringify(body));
    return body;
  }

  async show(id: string): Promise<Answer["body"]> {
    return (await this.send("GET", `/images/${id}`)).body;
  }

  upload(id: string, content: string | Uint8Array): Promise<Answer> {
    return this.send("PUT", `/images/${id}/file`, content, octets);
  }

  /** Starts an import and resolves when its task has ended, with the task. */
  async import(
    id: string,
    method: Record<string, unknown>,
    options: Record<string, unknown> = {},
  ): Promise<Answer["body"]> {
    const { status, body } = await this.send("POST", `/images/${id}/import`, { method, ...options });
    if (status !== 202) throw new Error(JSON.stringify(body));
    for (;;) {
      const task = (await this.send("GET", `/images/${id}/tasks`)).body.tasks.at(-1);
      const isLocked = "os_glance_import_task" in (await this.show(id));
      if (["success", "failure"].includes(task.status) && !isLocked) return task;
    }
  }
}

export const passwordAuth = (name: string, password: string, project: string) => ({
  identity: {
    methods: ["password"],
    password: { user: { name, password, domain: { id: "default" } } },
  },
  scope: { project: { name: project, domain: { id: "default" } } },
});

export const requestToken = ({ authUrl }: GlanceLocal, auth: unknown): Promise<Answer> =>
  send("POST", `${authUrl}/auth/tokens`, { auth }, { "Content-Type": "application/json" });

export async function send(
  method: string,
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const content =
    body === undefined || typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body);
  const init = content === undefined ? {} : { body: content as string };
  const response = await fetch(url, { method, headers, redirect: "manual", ...init });
  const text = await response.text();
  const isJson = response.headers.get("content-type") === "application/json";
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

/** A server that runs while the tests of a block do. */
export function localServer(options: GlanceLocalOptions = {}): { current: GlanceLocal } {
  const holder = {} as { current: GlanceLocal };
  beforeAll(async () => {
    holder.current = await startGlanceLocal(options);
  });
  afterAll(() => holder.current.close());
  return holder;
}
