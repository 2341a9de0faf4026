import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fastify, { type FastifyInstance } from "fastify";
import { computeService } from "../../../../provider/local/compute";
import { Store } from "../../../../provider/local/store/store";

/** A compute service by itself, whose tokens are the names of projects. */
export class ComputeServer {
  private constructor(
    private readonly app: FastifyInstance,
    private readonly folder: string,
    readonly store: Store,
    readonly url: string,
  ) {}

  static async start(): Promise<ComputeServer> {
    const folder = await mkdtemp(join(tmpdir(), "compute-test-"));
    const store = await Store.open(folder);
    const app = fastify();
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", (_request, _payload, done) => done(null));
    const service = computeService({
      store,
      callerOf: (token) =>
        token === "" ? undefined : { userId: token, projectId: token, roles: roles, isAdmin: false },
      identityUrl: () => "http://identity.example/v3",
      imageUrl: () => "http://image.example",
    });
    await app.register(service, { prefix: "/compute" });
    await app.listen({ host: "127.0.0.1", port: 0 });
    const { port } = app.server.address() as AddressInfo;
    return new ComputeServer(app, folder, store, `http://127.0.0.1:${port}/compute`);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.store.settled();
    await rm(this.folder, { recursive: true });
  }

  async get(path: string, headers: Record<string, string> = {}) {
    const response = await fetch(this.url + path, { headers: { "x-auth-token": "demo", ...headers } });
    return { status: response.status, headers: response.headers, body: await response.text() };
  }
}

const roles = ["member", "reader"];
