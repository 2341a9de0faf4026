import { mkdtemp, readdir, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fastify from "fastify";
import { allowedAddresses } from "../../../../provider/local/imports/address";
import { Importer } from "../../../../provider/local/imports/importer";
import type { Caller } from "../../../../provider/local/store/caller";
import { Store } from "../../../../provider/local/store/store";
import { imageServiceV1 } from "../../../../provider/local/v1";
import { imageService } from "../../../../provider/local/v2";
import { watchHandlers } from "../../../../provider/local/wire/running";
import { type Answer, send } from "../client";

/** Token of a user who has the project of the same name. */
export type UserName = "admin" | "demo" | "alt";

const callers: Record<UserName, Caller> = {
  admin: { userId: "admin", projectId: "admin", roles: ["admin", "member", "reader"], isAdmin: true },
  demo: { userId: "demo", projectId: "demo", roles: ["member", "reader"], isAdmin: false },
  alt: { userId: "alt", projectId: "alt", roles: ["member", "reader"], isAdmin: false },
};

/** Both versions of the image service and Platform9's on one store, without Keystone: a token is the name of a user. */
export class ImageServer {
  private constructor(
    readonly store: Store,
    readonly url: string,
    /** Breaks off what runs. */
    readonly stop: () => Promise<void>,
    private readonly folder: string,
  ) {}

  static async start(allowHosts: readonly string[] = []): Promise<ImageServer> {
    const folder = await mkdtemp(join(tmpdir(), "local-v1-"));
    const store = await Store.open(folder);
    const importer = new Importer(store, allowHosts);
    const app = fastify({ exposeHeadRoutes: false, forceCloseConnections: true });
    const handlersEnded = watchHandlers(app);
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", (_request, _payload, done) => done(null));
    const service = {
      store,
      importer,
      callerOf: (token: string) => callers[token as UserName],
      identityUrl: () => "http://keystone.example/v3",
      isAllowedUri: (uri: string) =>
        allowedAddresses(uri, allowHosts).then(
          () => true,
          () => false,
        ),
    };
    await app.register(imageService(service), { prefix: "/image/v2" });
    await app.register(imageServiceV1(service), { prefix: "/image/v1" });
    await app.register(imageServiceV1(service), { prefix: "/image/v1.0" });
    await app.register(imageServiceV1(service, { platform9: true }), { prefix: "/glance/v1" });
    await app.listen({ host: "127.0.0.1", port: 0 });
    const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
    const stop = async () => {
      await app.close();
      await handlersEnded();
      await importer.close();
      await store.settled();
    };
    return new ImageServer(store, url, stop, folder);
  }

  /** Sends a request to a path, e.g. `/image/v1/images`; an object becomes JSON. */
  send(
    method: string,
    path: string,
    { user = "demo", headers = {}, body }: { user?: UserName; headers?: Record<string, string>; body?: unknown } = {},
  ): Promise<Answer> {
    return send(method, this.url + path, body, { "x-auth-token": user, accept: "application/json", ...headers });
  }

  /** Sends a request for a new image of version 1 and returns it; throws when it is refused. */
  async create(headers: Record<string, string> = {}, body?: string, path = "/image/v1"): Promise<Answer["body"]> {
    const type = body === undefined ? {} : { "content-type": "application/octet-stream" };
    const formats = { "x-image-meta-disk_format": "raw", "x-image-meta-container_format": "bare" };
    const answer = await this.send("POST", `${path}/images`, { headers: { ...formats, ...type, ...headers }, body });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    return answer.body.image;
  }

  /** The images that have bytes anywhere. */
  async bytes(): Promise<string[]> {
    const places = ["fast", "cheap", "staging"].map((place) => readdir(join(this.folder, "stores", place)));
    return (await Promise.all(places)).flat();
  }

  async discard(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true });
  }
}

/** A server that runs while the tests of a block do. */
export function imageServer(allowHosts: readonly string[] = []): { current: ImageServer } {
  const holder = {} as { current: ImageServer };
  beforeAll(async () => {
    holder.current = await ImageServer.start(allowHosts);
  });
  afterAll(() => holder.current.discard());
  return holder;
}
