import { configKeys, readValue } from "./keys";
import type { ProviderConfig } from "./types";

/** Reads the configuration through `get`, which knows the text of one key of the namespace at a time. */
export function readConfig(get: (key: string) => string | undefined): ProviderConfig {
  return configFrom(Object.fromEntries(configKeys.map((key) => [key, get(key)])));
}

/**
 * The configuration among `values` as the engine hands them over: every value is a text or already what it stands for.
 * Keys that are not ours and values that cannot be read are left out; `checkConfig` is what refuses them.
 */
export function configFrom(values: Readonly<Record<string, unknown>>): ProviderConfig {
  const read = configKeys.map((key) => [key, readValue(key, values[key])] as const);
  return Object.fromEntries(read.filter(([, value]) => value !== undefined));
}
