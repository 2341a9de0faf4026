import { z } from "zod";
import { authTypeOf } from "../../keystone/authType";
import { asInterface, endpointUrl, httpUrl } from "../../keystone/services";
import { placeShape } from "../place";
import { count, flag, judgedText, type Kind, text, word } from "./kinds";
import type { ProviderConfig } from "./types";

const here = "the provider's configuration";

/** Every key of the configuration namespace `glance`; the compiler holds them to the interface. */
const kinds = {
  cloud: text,
  authUrl: judgedText((url) => httpUrl(url, "auth URL", here)),
  authType: judgedText((authType) => authTypeOf({ authType }, undefined, {})),
  userName: text,
  userId: text,
  password: text,
  token: text,
  applicationCredentialId: text,
  applicationCredentialName: text,
  applicationCredentialSecret: text,
  projectName: text,
  projectId: text,
  userDomainName: text,
  userDomainId: text,
  projectDomainName: text,
  projectDomainId: text,
  domainName: text,
  domainId: text,
  systemScope: word(z.literal("all", { error: "must be all, the only scope of this kind that Keystone knows" })),
  trustId: text,
  region: text,
  endpointType: judgedText((name) => asInterface(name, here)),
  endpointOverride: judgedText((url) => endpointUrl(url, "endpoint", here)),
  insecure: flag,
  cacertFile: text,
  certFile: text,
  keyFile: text,
  // Node's timers count milliseconds in 31 bits.
  requestTimeout: count("seconds", 2_147_483),
  api: word(placeShape.api),
  format: word(z.enum(["json", "xml"], { error: "must be json or xml" })),
  targetNs: text,
  environmentId: text,
  stampSalt: text,
  maxConcurrentTransfers: count("transfers", 1000),
  maxBandwidth: count("MiB per second", 1_000_000),
  idleTimeout: count("seconds", 2_147_483),
  preflight: flag,
} satisfies { [K in keyof Required<ProviderConfig>]: Kind<NonNullable<ProviderConfig[K]>> };

export type ConfigKey = keyof typeof kinds;

export const configKeys = Object.keys(kinds) as ConfigKey[];

export function isConfigKey(name: string): name is ConfigKey {
  return Object.hasOwn(kinds, name);
}

/** Keys whose values are secret even where the user did not say so. */
export const secretKeys = ["applicationCredentialSecret", "password", "token"] as const satisfies readonly ConfigKey[];

const engineKeys: ReadonlySet<string> = new Set(["version", "pluginDownloadURL", "pluginChecksums"]);

/** Whether it is Pulumi that puts this key among those of a provider. */
export function isEngineKey(name: string): boolean {
  return engineKeys.has(name) || name.startsWith("__");
}

/** What the value of a key stands for; undefined for an empty one, which counts as not set, and for one that cannot be read. */
export function readValue(key: ConfigKey, value: unknown): string | number | boolean | undefined {
  return value === "" ? undefined : kinds[key].read(value);
}

/** One validator per key, of values as they are written. */
export const shape: Readonly<Record<string, z.ZodType>> = Object.fromEntries(
  configKeys.map((key) => [key, z.preprocess((value) => readValue(key, value), kinds[key].schema)]),
);
