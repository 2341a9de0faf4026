import { credentialNames } from "./credentials";
import type { Settings } from "./entry";
import type { Mapping } from "./values";

/** The cloud that the `OS_*` variables describe: `OS_AUTH_URL` is `auth_url`, and so on for any setting. */
export function environmentCloud(env: NodeJS.ProcessEnv): Settings {
  const set = Object.entries(env).filter(
    (entry): entry is [string, string] => /^OS_(?!TEST|STD|LOG|AUTH$)/.test(entry[0]) && !!entry[1],
  );
  const values = new Map(set.map(([name, text]) => [name.slice("OS_".length).toLowerCase(), text]));
  const region = values.get("region_name")?.split(",")[0];
  if (region !== undefined) values.set("region_name", region);
  return { name: environmentName(env), source: "the OS_* variables", values };
}

/** Name of that cloud, by which it can be asked for like an entry of clouds.yaml. */
export function environmentName(env: NodeJS.ProcessEnv): string {
  return env.OS_CLOUD_NAME || "envvars";
}

/** Whether the variables say who asks, or where: a stray `OS_IMAGE_API_VERSION` or `OS_REGION_NAME` makes no cloud. */
export function describesCloud(values: Mapping): boolean {
  return [...values.keys()].some((key) => credentialNames.has(key) || key.endsWith("endpoint_override"));
}
