import { apiNames } from "../glance/apiNames";
import type { ProviderConfig } from "../resources/config/types";
import { oneOf, UsageError } from "./commandLine";

/** The options that say which cloud is meant and how to speak to it. */
export const cloudOptions = {
  api: { type: "string" },
  format: { type: "string" },
  cloud: { type: "string" },
  region: { type: "string" },
} as const;

export const cloudUsage = `\
  --api API         image API to speak: auto (default), ${apiNames.join(", ")}
  --format FORMAT   what the Compute API is spoken in: json (default) or xml
  --cloud NAME      entry of clouds.yaml; default: that of OS_CLOUD, the OS_* variables, or the only entry
  --region NAME     region of the cloud`;

type Values = { readonly [K in keyof typeof cloudOptions]?: string | undefined };

/** The configuration that the options stand for; the rest comes from clouds.yaml and the environment. */
export function configFrom({ api, format, cloud, region }: Values): ProviderConfig {
  for (const [name, value] of Object.entries({ cloud, region })) {
    if (value === "") throw new UsageError(`--${name} must not be empty.`);
  }
  return {
    cloud,
    region,
    api: api === undefined ? undefined : oneOf(["auto", ...apiNames], "api", api),
    format: format === undefined ? undefined : oneOf(["json", "xml"], "format", format),
  };
}
