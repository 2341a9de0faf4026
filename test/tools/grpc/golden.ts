import { join } from "node:path";
import { repositoryRoot } from "../../../scripts/tools";

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** A plugin's answer to a call: a message in protobuf's JSON, or an error as Pulumi's log shows it. */
export type Answer = { response: Json } | { error: string };

/** One call of the engine. */
export type GoldenCall = Answer & {
  /** Of pulumirpc.ResourceProvider, e.g. `Create`. */
  method: string;
  /** In protobuf's JSON. */
  request: { [name: string]: Json };
};

/** The folder of the recorded calls, one file for each command of the CLI. */
export const goldenFolder = join(repositoryRoot, "test", "fixtures", "grpc");

/** Name of the file beside them that holds the version of the recorded engine. */
export const versionFile = "engine.txt";

/** Stands for what is different in every run and nobody reads. */
export const anything = "*";

/** Stands for the n-th id that occurs; the same place-holder is the same id everywhere. */
export const idPlaceholder = (n: number) => `<id ${n}>`;

/** Stands for an image that somebody else made. */
export const namedPlaceholder = (name: string) => `<${name}>`;

/** Place-holders of what belongs to one run. */
export const runPlaceholders = {
  /** Keystone of the cloud. */
  authUrl: "<authUrl>",
  /** Where the engine takes the plugin's messages. */
  engine: "<engine>",
  /** Any other port of the engine. */
  address: "<address>",
  /** Folder of the plugin. */
  plugin: "<plugin>",
  /** Random bytes in Base64. */
  seed: "<seed>",
} as const;

/** A copy in which each text is what `change` makes of it; `name` is that of the innermost member. */
export function mapTexts(value: Json, change: (text: string, name: string) => Json, name = ""): Json {
  if (typeof value === "string") return change(value, name);
  if (Array.isArray(value)) return value.map((element) => mapTexts(element, change, name));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, mapTexts(member, change, key)]));
}
