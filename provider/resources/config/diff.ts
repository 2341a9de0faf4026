import type { Environment } from "../../keystone/searchPath";
import type { DiffResult } from "../resource";
import { hasUnknown, isUnknown } from "../unknown";
import { type ConfigKey, configKeys, isConfigKey, isEngineKey, readValue } from "./keys";
import { configFrom } from "./read";
import { type Whereabouts, whereabouts } from "./whereabouts";

type Values = Readonly<Record<string, unknown>>;

/** The keys that can say a part of where a provider's images are. */
const saying: Readonly<Record<keyof Whereabouts, readonly ConfigKey[]>> = {
  keystone: ["cloud", "authUrl"],
  endpoint: ["cloud", "endpointOverride"],
  region: ["cloud", "region"],
  projectId: ["cloud", "projectId"],
  projectName: ["cloud", "projectName"],
  projectDomainId: ["cloud", "projectDomainId", "domainId"],
  projectDomainName: ["cloud", "projectDomainName", "domainName"],
};

/**
 * Compares two configurations. To replace a provider replaces all that it made, so that happens only where both sides set
 * a key, with different values, by which they certainly mean another cloud, region or project: clouds.yaml and the
 * environment are read for that, and nothing is sent.
 */
export function diffConfig(olds: Values, news: Values, environment: Environment): DiffResult {
  const changes = configKeys.filter((key) => valueIn(key, olds) !== valueIn(key, news));
  const isInBoth = (key: ConfigKey) => [olds, news].every((values) => valueIn(key, values) !== undefined);
  const candidates = changes.filter(isInBoth);
  if (candidates.length === 0 || isForeign(olds) || hasUnknown(news)) return { changes, replaces: [] };
  const moved = movedParts(olds, news, environment).flatMap((part) => saying[part]);
  return { changes, replaces: candidates.filter((key) => moved.includes(key)) };
}

function valueIn(key: ConfigKey, values: Values): unknown {
  const value = values[key];
  return isUnknown(value) ? value : readValue(key, value);
}

/** On a migration the old configuration is that of another provider; what its keys mean is not known here. */
function isForeign(values: Values): boolean {
  return Object.keys(values).some((key) => !isConfigKey(key) && !isEngineKey(key));
}

/** The parts that are known on both sides, and differ. */
function movedParts(olds: Values, news: Values, environment: Environment): (keyof Whereabouts)[] {
  const before = whereabouts(configFrom(olds), environment);
  const after = whereabouts(configFrom(news), environment);
  const parts = Object.keys(saying) as (keyof Whereabouts)[];
  return parts.filter((part) => before[part] && after[part] && before[part] !== after[part]);
}
