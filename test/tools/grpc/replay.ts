import { type ServiceError, status } from "@grpc/grpc-js";
import type { Message } from "google-protobuf";
import { Engine } from "../plugin/engine";
import { PluginProcess } from "../plugin/process";
import { type Answer, anything, type GoldenCall, type Json, mapTexts, runPlaceholders } from "./golden";
import { jsonOf, requestOf } from "./messages";

/** What a plugin answers to a recorded call, and what it answered when the call was recorded. */
export interface Replayed {
  method: string;
  actual: Answer;
  /** With the ids of this run, and `expect.anything()` for what is another every time. */
  expected: unknown;
}

/** Asks plugins what an engine has asked; ids take the place of their place-holders as they come up. */
export class Replay {
  private readonly known: Map<string, string>;

  /** @param folder - The program's, with the files that images are made of. */
  constructor(
    authUrl: string,
    private readonly folder: string,
  ) {
    const { plugin, address, seed } = runPlaceholders;
    this.known = new Map([
      [runPlaceholders.authUrl, authUrl],
      [plugin, folder],
      [address, "127.0.0.1:9"],
      [seed, Buffer.from("seed").toString("base64")],
    ]);
  }

  /** Tells what a place-holder stands for in this run. */
  bind(placeholder: string, text: string): void {
    this.known.set(placeholder, text);
  }

  /** Replays the calls of one command. Each handshake begins with a fresh plugin, as the engine does. */
  async run(calls: readonly GoldenCall[]): Promise<Replayed[]> {
    const engine = await Engine.start();
    this.bind(runPlaceholders.engine, engine.address);
    const plugins: PluginProcess[] = [];
    const replayed: Replayed[] = [];
    try {
      for (const { method, request, ...answer } of calls) {
        if (method === "Handshake")
          plugins.unshift(await PluginProcess.start({ cwd: this.folder, engine: engine.address }));
        const [plugin] = plugins;
        if (!plugin) throw new Error(`${method} was called before any handshake`);
        replayed.push(await this.ask(plugin, method, request, answer));
      }
      return replayed;
    } finally {
      for (const plugin of plugins) await plugin.stop();
      engine.close();
    }
  }

  private async ask(
    plugin: PluginProcess,
    method: string,
    request: GoldenCall["request"],
    golden: Answer,
  ): Promise<Replayed> {
    const message = requestOf(method, this.filled(request) as GoldenCall["request"]);
    const name = (method.charAt(0).toLowerCase() + method.slice(1)) as keyof PluginProcess["client"];
    const actual = await plugin.call<Message, Message>(name, message).then(answerOf, errorOf);
    this.learn(golden, actual);
    const expected = mapTexts(this.filled(golden), (text) => (text === anything ? expect.anything() : text));
    return { method, actual, expected };
  }

  /** Texts with the values that are known; a place-holder of which nothing is known gets a value of its own. */
  private filled(value: Json): Json {
    return mapTexts(value, (text) =>
      text.replace(/<[^>]+>/g, (placeholder) => {
        const known = this.known.get(placeholder) ?? crypto.randomUUID();
        this.known.set(placeholder, known);
        return known;
      }),
    );
  }

  /** Finds new place-holders in an answer. */
  private learn(golden: Json | undefined, actual: Json | undefined): void {
    if (typeof golden === "string" && typeof actual === "string") {
      if (/^<[^>]+>$/.test(golden) && !this.known.has(golden)) this.known.set(golden, actual);
    } else if (typeof golden === "object" && golden !== null && typeof actual === "object" && actual !== null) {
      const found = new Map(Object.entries(actual));
      for (const [name, member] of Object.entries(golden)) this.learn(member, found.get(name));
    }
  }
}

const answerOf = (message: Message): Answer => ({ response: jsonOf(message) });

/** As Go's client writes an error, in which Pulumi logs it. */
function errorOf({ code, details }: ServiceError): Answer {
  const words = (status[code] ?? "").toLowerCase().split("_");
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return { error: `rpc error: code = ${name} desc = ${details}` };
}
