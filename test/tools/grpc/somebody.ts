import { must, send } from "../../contract/client";
import { passwordIdentity, projectScope } from "../../contract/session";
import { jsonPatch, rawFormats } from "../../contract/user";
import type { CloudUnderTest } from "../clouds/types";

/** Somebody else who works in the same project, without Pulumi. */
export class Somebody {
  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  static async logIn({ authUrl, imageUrl, demo }: CloudUnderTest): Promise<Somebody> {
    const auth = { identity: passwordIdentity(demo), scope: projectScope(demo) };
    const { headers } = must(await send("POST", `${authUrl}/auth/tokens`, { json: { auth } }), 201);
    return new Somebody(`${imageUrl}/v2/images`, headers["x-subject-token"] ?? "");
  }

  /** Makes an image without data and answers its id. */
  async makeImage(fields: Record<string, unknown>): Promise<string> {
    const { body } = must(await this.ask("POST", "", { ...rawFormats, ...fields }), 201);
    return (body as { id: string }).id;
  }

  /** Changes the tags of the one image with a name. */
  async changeTags(name: string, tags: readonly string[]): Promise<void> {
    const { body } = must(await this.ask("GET", `?name=${name}`), 200);
    const [image] = (body as { images: { id: string }[] }).images;
    const operations = [{ op: "replace", path: "/tags", value: tags }];
    must(await this.ask("PATCH", `/${image?.id}`, operations, jsonPatch), 200);
  }

  /** Ids of the project's images. */
  async images(): Promise<string[]> {
    const { body } = must(await this.ask("GET", ""), 200);
    return (body as { images: { id: string }[] }).images.map(({ id }) => id);
  }

  private ask(method: string, path: string, json?: unknown, headers: Record<string, string> = {}) {
    return send(method, this.url + path, { json, headers: { "x-auth-token": this.token, ...headers } });
  }
}
