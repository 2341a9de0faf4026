import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Answer, type Message, must } from "../client";
import type { ImageBody, User } from "../user";
import { eventually } from "../waiting";

export const namespace = "ccsr1";

/** Text of an example of the document. */
export const seed = (name: string): string =>
  readFileSync(join(__dirname, "../../fixtures/seeds", `alliance-${name}`), "utf8");

export const example = (name: string): Record<string, unknown> => JSON.parse(seed(`${name}.json`));

/** An environment of the Alliance Glance API; no request bears a token. */
export class Environment {
  constructor(
    private readonly user: User,
    /** Default: the project of the user. */
    private readonly ownId?: string,
  ) {}

  async id(): Promise<string> {
    return this.ownId ?? (await this.user.logIn()).projectId;
  }

  /** Sends a request with the headers that all need. */
  async send(method: string, path: string, message: Message = {}): Promise<Answer> {
    const needed = { "x-target-ns": namespace, "x-environment-id": await this.id(), "x-auth-token": undefined };
    return this.user.send(method, path, { ...message, headers: { ...needed, ...message.headers } });
  }

  get(path: string, headers: Message["headers"] = {}): Promise<Answer> {
    return this.send("GET", path, { headers });
  }

  post(image: unknown): Promise<Answer> {
    return this.send("POST", "/images", { json: { image } });
  }

  patch(id: string, image: unknown): Promise<Answer> {
    return this.send("PATCH", `/images/${id}`, { json: { image } });
  }

  /** An image; throws when it is refused. */
  async create(fields: Record<string, unknown> = {}): Promise<ImageBody> {
    return must(await this.post(fields), 201).body as ImageBody;
  }

  /** The image when its copy is made or has failed. */
  settled(id: string): Promise<ImageBody> {
    return eventually(
      async () => must(await this.get(`/images/${id}`), 200).body as ImageBody,
      ({ status }) => status !== "queued",
    );
  }

  /** The images of the usual list. */
  async list(path = "/images"): Promise<ImageBody[]> {
    const [{ images }] = must(await this.get(path), 200).body as [{ images: ImageBody[] }];
    return images;
  }
}

const titles = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
};

/** An error of this API. */
export const refused = (status: keyof typeof titles, message: unknown) => ({
  status,
  body: { code: status, title: titles[status], message },
});
