import type { RequestListener } from "node:http";
import { buffer } from "node:stream/consumers";
import type { Progress } from "../../../provider/image/progress";
import type { ProviderConfig } from "../../../provider/resources/config/types";
import { image } from "../../../provider/resources/image/resource";
import type { CheckedImageInputs, ImageInputs, ImageState } from "../../../provider/resources/image/types";
import { type ResourceContext, UnfinishedResource } from "../../../provider/resources/resource";
import { web } from "../http/servers";
import type { LocalCloud } from "../resources/local";

/** What became of an attempt to make an image, and everything that the user was told. */
export interface Made {
  id: string;
  inputs: CheckedImageInputs;
  /** Undefined where the attempt failed and nothing is kept of it. */
  state: ImageState | undefined;
  failure: string | undefined;
  warnings: string[];
  told: Progress[];
}

export type Door = Partial<ResourceContext>;

/** Images on an embedded cloud, made as a program's. */
export class Bringing {
  constructor(readonly cloud: LocalCloud) {}

  /** Checks and creates an image. */
  async make(declared: ImageInputs, door: Door = this.cloud.door()): Promise<Made> {
    const warnings: string[] = [];
    const told: Progress[] = [];
    const context = { ...this.cloud.door(), warn: log(warnings), report: log(told), ...door };
    const { inputs: checked, failures } = await image.check({ ...declared }, context);
    const inputs = checked as CheckedImageInputs;
    const nothing = { id: "", inputs, state: undefined, failure: undefined, warnings, told };
    if (failures.length > 0) return { ...nothing, failure: failures.map(({ reason }) => reason).join("; ") };
    try {
      const identity = { name: "r", stamp: `stamp of ${declared.name}` };
      return { ...nothing, ...(await image.create(inputs, identity, context)) };
    } catch (error) {
      const kept = error instanceof UnfinishedResource ? { id: error.id, state: error.state as ImageState } : {};
      return { ...nothing, ...kept, failure: [(error as Error).message, error].join(" ") };
    }
  }

  /** The next run. */
  goOn({ id, inputs, state }: Made, door: Door = {}): Promise<ImageState> {
    if (!state) throw new Error("nothing is left of it");
    return image.update(id, { inputs, state }, inputs, { ...this.cloud.door(), ...door });
  }

  async bytesOf({ id }: Pick<Made, "id">, config?: ProviderConfig): Promise<Buffer> {
    const { images } = await this.cloud.door(config).connect({});
    const stream = await images.download(id);
    return stream ? buffer(stream) : Buffer.alloc(0);
  }

  /** Statuses of the images of this name. */
  async statuses(name: string): Promise<string[]> {
    return (await this.cloud.images()).filter((one) => one.name === name).map(({ status }) => status);
  }
}

function log<T>(list: T[]): (entry: T) => void {
  return (entry) => void list.push(entry);
}

/** A request for a published file. */
export interface Asked {
  method: string;
  path: string;
  by: "provider" | "service";
  headers: Readonly<Record<string, unknown>>;
  /** Whether all of the answer was taken: of a short one nobody can tell. */
  isWhole: boolean;
}

export interface Published {
  /** Of the whole server. */
  url: string;
  asked: Asked[];
}

/** A server of published files that sees who asks; `answer` gives content, a status or where to go on. */
export async function publish(answer: (request: Asked) => Buffer | number | URL): Promise<Published> {
  const asked: Asked[] = [];
  const handler: RequestListener = (request, response) => {
    const { method = "", url: path = "", headers } = request;
    const by = headers["user-agent"]?.startsWith("pulumi-glance") ? "provider" : "service";
    const one: Asked = { method, path, by, headers, isWhole: false };
    asked.push(one);
    response.once("finish", () => {
      one.isWhole = true;
    });
    const content = answer(one);
    if (typeof content === "number") response.writeHead(content, { "content-length": "0" }).end();
    else if (content instanceof URL) response.writeHead(302, { location: content.href, "content-length": "0" }).end();
    else response.writeHead(200, { "content-length": String(content.length) }).end(method === "HEAD" ? "" : content);
  };
  return { url: await web(handler), asked };
}
