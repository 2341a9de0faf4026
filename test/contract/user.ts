import { Readable } from "node:stream";
import type { CloudUnderTest, Credentials } from "../tools/clouds/types";
import { type Answer, type Message, must, send } from "./client";
import { type Session, sharedSession } from "./session";

/** An image as the server shows it. */
export interface ImageBody {
  id: string;
  name: string | null;
  status: string;
  tags: string[];
  owner: string;
  [attribute: string]: unknown;
}

export interface PatchOperation {
  op: string;
  path: string;
  value?: unknown;
}

export const octetStream = { "content-type": "application/octet-stream" };
export const jsonPatch = { "content-type": "application/openstack-images-v2.1-json-patch" };

/** Formats for which Glance takes any bytes. */
export const rawFormats = { disk_format: "raw", container_format: "bare" };

/** A person with a token who sends requests to one API of a cloud; the token is asked for once. */
export class User {
  private session: Promise<Session> | undefined;

  constructor(
    private readonly cloud: CloudUnderTest,
    readonly credentials: Credentials,
    private readonly onCreated: (imageId: string) => void,
    /** The API without its version. */
    private readonly url = cloud.imageUrl,
  ) {}

  logIn(): Promise<Session> {
    this.session ??= sharedSession(this.cloud, this.credentials);
    return this.session;
  }

  /**
   * Sends a request to a path of the API, e.g. `/v2/images`, with the token and `Accept: application/json`. A 401 to the
   * valid token is asked for again: Glance answers it, too, when Keystone is busy (keystonemiddleware with delay_auth_decision).
   */
  async send(method: string, path: string, message: Message = {}): Promise<Answer> {
    const { token } = await this.logIn();
    const headers = { "x-auth-token": token, accept: "application/json", ...message.headers };
    const once = () => send(method, this.url + path, { ...message, headers });
    const first = await once();
    const isRepeatable = headers["x-auth-token"] === token && !(message.body instanceof Readable);
    const answer = first.status === 401 && isRepeatable ? await once() : first;
    const created = method === "POST" && isImageList(path) ? createdImage(answer) : undefined;
    if (created !== undefined) this.onCreated(created);
    return answer;
  }

  get(path: string, query?: Message["query"]): Promise<Answer> {
    return this.send("GET", path, query === undefined ? {} : { query });
  }

  post(path: string, json?: unknown): Promise<Answer> {
    return this.send("POST", path, { json });
  }

  put(path: string, json?: unknown): Promise<Answer> {
    return this.send("PUT", path, { json });
  }

  delete(path: string): Promise<Answer> {
    return this.send("DELETE", path);
  }

  /** Changes an image by a JSON-patch of version 2.1. */
  patch(id: string, operations: readonly PatchOperation[]): Promise<Answer> {
    return this.send("PATCH", `/v2/images/${id}`, { json: operations, headers: jsonPatch });
  }

  show(id: string): Promise<Answer> {
    return this.get(`/v2/images/${id}`);
  }

  upload(id: string, content: string | Buffer, headers: Message["headers"] = {}): Promise<Answer> {
    return this.send("PUT", `/v2/images/${id}/file`, { body: content, headers: { ...octetStream, ...headers } });
  }

  stage(id: string, content: string | Buffer): Promise<Answer> {
    return this.send("PUT", `/v2/images/${id}/stage`, { body: content, headers: octetStream });
  }

  /** The images of a list; throws when the list is refused. */
  async list(query: Message["query"]): Promise<ImageBody[]> {
    const { images } = must(await this.get("/v2/images", query), 200).body as { images: ImageBody[] };
    return images;
  }

  /** An image without data. */
  async createImage(fields: Record<string, unknown> = {}): Promise<ImageBody> {
    return must(await this.post("/v2/images", fields), 201).body as ImageBody;
  }

  /** An image with data, as the server shows it afterwards. */
  async createActiveImage(fields: Record<string, unknown> = {}, content = "hello world"): Promise<ImageBody> {
    const { id } = await this.createImage({ ...rawFormats, ...fields });
    must(await this.upload(id, content), 204);
    return must(await this.show(id), 200).body as ImageBody;
  }
}

const isImageList = (path: string) => path.endsWith("/images");

/** The id in an answer that shows a new image, in an envelope or without. */
function createdImage({ status, body }: Answer): string | undefined {
  if (status < 200 || status > 202 || typeof body !== "object" || body === null) return undefined;
  const { image, id } = body as { image?: { id?: string }; id?: string };
  return image?.id ?? id;
}
