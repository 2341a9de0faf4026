import { GlanceError } from "../../http/errors";
import { describesCloud, environmentCloud } from "../../keystone/environment";
import { readCloudsFiles } from "../../keystone/files";
import { describesItself, namedCloud } from "../../keystone/resolve";
import { type Environment, surroundings } from "../../keystone/searchPath";
import type { ProviderConfig } from "./types";

/** A key without which nothing can work. */
export interface MissingKey {
  /** As `pulumi config set` takes it, namespace included. */
  name: string;
  description: string;
}

const authUrl: MissingKey = {
  name: "glance:authUrl",
  description:
    "URL of Keystone, e.g. https://cloud.example:5000/v3 (OS_AUTH_URL); or name an entry of clouds.yaml with glance:cloud (OS_CLOUD)",
};

/**
 * What must be set where neither the configuration nor the environment nor clouds.yaml says where any cloud is. A cloud
 * that cannot be used for another reason misses no key: the first resource that needs it tells the reason.
 */
export function missingKeys(config: ProviderConfig, environment: Environment): MissingKey[] {
  const { env } = environment;
  const isNamed = namedCloud(config, env) !== undefined;
  const isDescribed = describesItself(config) || describesCloud(environmentCloud(env).values);
  return isNamed || isDescribed || hasCloudsFile(environment) ? [] : [authUrl];
}

/** Resources may name a cloud of their own there. A file that was passed over is a reason of its own. */
function hasCloudsFile(environment: Environment): boolean {
  let passedOver = false;
  try {
    const { clouds } = readCloudsFiles(surroundings(environment), () => {
      passedOver = true;
    });
    return passedOver || clouds.size > 0;
  } catch (error) {
    if (error instanceof GlanceError) return true;
    throw error;
  }
}
