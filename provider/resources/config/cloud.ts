import { endpointFrom, serviceOf } from "../../glance/discover";
import { resolveCloud } from "../../keystone/resolve";
import type { Environment } from "../../keystone/searchPath";
import type { Cloud } from "../../keystone/types";
import type { ProviderConfig } from "./types";

/** The cloud that a configuration means; nothing is sent. Throws CONFIG where it is unknown or incomplete. */
export function cloudOf(config: ProviderConfig, environment: Environment): Cloud {
  const { api, endpointOverride = endpointFrom(environment.env, api) } = config;
  return resolveCloud({ ...config, endpointOverride }, environment, serviceOf(api));
}
