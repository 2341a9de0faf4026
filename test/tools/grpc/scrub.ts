import { unknownText } from "../plugin/requests";
import {
  anything,
  type GoldenCall,
  idPlaceholder,
  type Json,
  mapTexts,
  namedPlaceholder,
  runPlaceholders,
} from "./golden";

/** A line of the log that the engine writes to the file in `PULUMI_DEBUG_GRPC`. */
interface LogLine {
  method: string;
  progress: "request_started" | "response_completed";
  request?: GoldenCall["request"];
  response?: Json;
  errors?: string[];
}

const service = "/pulumirpc.ResourceProvider/";
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

const { engine, address, plugin, authUrl, seed } = runPlaceholders;
const byName: Readonly<Record<string, string>> = {
  engineAddress: engine,
  mapperTarget: address,
  loaderTarget: address,
  resolverTarget: address,
  resourceStatusAddress: address,
  resourceStatusToken: anything,
  rootDirectory: plugin,
  programDirectory: plugin,
  randomSeed: seed,
  createdAt: anything,
  updatedAt: anything,
  directUrl: anything,
  schema: anything,
  version: anything,
};

/** Takes out of recorded calls what is another in every run; one object for all the commands of a scenario. */
export class Scrubber {
  private readonly placeholders = new Map<string, string>();
  private ids = 0;

  constructor(cloud: { authUrl: string }) {
    this.placeholders.set(cloud.authUrl, authUrl);
  }

  /** Gives an id that is known already a name of its own. */
  name(id: string, name: string): void {
    this.placeholders.set(id, namedPlaceholder(name));
  }

  /** The calls of the plugin in a log, in the order in which they ended. */
  calls(log: string): GoldenCall[] {
    const lines = log.split("\n").filter((line) => line !== "");
    return lines
      .map((line) => JSON.parse(line) as LogLine)
      .filter(({ method, progress }) => progress === "response_completed" && method.startsWith(service))
      .map(({ method, request = {}, response = {}, errors: [error] = [] }) => ({
        method: method.slice(service.length),
        request: this.scrub(request) as GoldenCall["request"],
        ...(error === undefined ? { response: this.scrub(response) } : { error: this.scrub(error) as string }),
      }));
  }

  private scrub(value: Json): Json {
    return mapTexts(value, (text, name) => byName[name] ?? this.placeholders.get(text) ?? this.withoutIds(text));
  }

  private withoutIds(text: string): string {
    return text.replace(uuid, (id) => {
      if (id === unknownText) return id;
      const known = this.placeholders.get(id) ?? idPlaceholder(++this.ids);
      this.placeholders.set(id, known);
      return known;
    });
  }
}
