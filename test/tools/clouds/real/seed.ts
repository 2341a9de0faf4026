import { region, users } from "../users";
import { serviceUser } from "./configuration";

/** Creates what `keystone-manage bootstrap` does not: the projects, users, roles and the image service of every cloud under test. */
export async function seed(authUrl: string, imageUrl: string): Promise<void> {
  const admin = await Administrator.logIn(authUrl);
  const roles = await admin.idsByName("roles");
  const projects = new Map<string, string>();
  const members = [
    { ...serviceUser, roles: ["admin", "service"] },
    { ...users.demo, roles: ["member", "reader"] },
    { ...users.alt, roles: ["member", "reader"] },
    { ...users.reader, roles: ["reader"] },
  ];
  for (const { username, password, projectName, roles: names } of members) {
    const project =
      projects.get(projectName) ??
      (await admin.create("projects", "project", { name: projectName, domain_id: "default" }));
    projects.set(projectName, project);
    const user = await admin.create("users", "user", { name: username, password, domain_id: "default" });
    for (const name of names) await admin.put(`projects/${project}/users/${user}/roles/${roles.get(name)}`);
  }
  const service = await admin.create("services", "service", { name: "glance", type: "image" });
  for (const interface_ of ["public", "internal", "admin"]) {
    await admin.create("endpoints", "endpoint", {
      service_id: service,
      interface: interface_,
      region_id: region,
      url: imageUrl,
    });
  }
}

class Administrator {
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
