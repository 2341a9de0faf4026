import { describesItself, namedCloud } from "../../keystone/resolve";
import type { Environment } from "../../keystone/searchPath";
import type { CheckFailure } from "../resource";
import { hasUnknown } from "../unknown";
import { validate } from "../validate";
import { cloudOf } from "./cloud";
import { configKeys, isConfigKey, isEngineKey, shape } from "./keys";
import { refusalOf } from "./kinds";
import { meantKey } from "./meant";
import { configFrom } from "./read";

type Values = Record<string, unknown>;

/**
 * Judges a configuration as somebody wrote it. What is unknown or empty passes. `inputs` are what was written and no
 * more: what the environment adds to it belongs in no state. With an environment, credentials that cannot work with what
 * it adds are refused too.
 */
export function checkConfig(news: Values, environment?: Environment): { inputs: Values; failures: CheckFailure[] } {
  const written = Object.entries(news).filter(([, value]) => value !== "");
  const ours = written.filter(([key]) => isConfigKey(key));
  const foreign = Object.keys(news).filter((key) => !isConfigKey(key) && !isEngineKey(key));
  const failures = [...validate(shape, Object.fromEntries(ours)).failures, ...foreign.map(noSuchKey)];
  if (failures.length === 0 && environment) failures.push(...unusable(news, environment));
  return { inputs: news, failures };
}

function noSuchKey(property: string): CheckFailure {
  const meant = meantKey(property);
  const advice = meant ? `did you mean ${meant}?` : `the keys are ${configKeys.join(", ")}`;
  return { property, reason: `is not a key of the configuration; ${advice}` };
}

/** An entry of clouds.yaml may not be there yet, and resources may name another. */
function unusable(news: Values, environment: Environment): CheckFailure[] {
  const config = configFrom(news);
  if (hasUnknown(news) || namedCloud(config, environment.env) || !describesItself(config)) return [];
  const reason = refusalOf(() => cloudOf(config, environment));
  return reason === undefined ? [] : [{ property: "", reason }];
}
