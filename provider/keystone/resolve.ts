import { GlanceError } from "../http/errors";
import { assembleCloud } from "./cloud";
import { cloudEntry, type Settings } from "./entry";
import { describesCloud, environmentCloud, environmentName } from "./environment";
import { type CloudsFiles, readCloudsFiles } from "./files";
import { type Environment, type Surroundings, surroundings } from "./searchPath";
import type { Cloud, CloudOptions, ServiceType } from "./types";

/**
 * Decides which cloud is meant and how to reach it, without sending anything. Options beat the entry of clouds.yaml
 * that `cloud` or `OS_CLOUD` names, beside which no other `OS_*` variable counts. Without one those variables make the
 * cloud, and without them it is the only entry there is. `spoken`: the service that is spoken to, and whose endpoint the
 * options override. Throws CONFIG when the cloud is unknown or incomplete.
 */
export function resolveCloud(options: CloudOptions, environment: Environment, spoken: ServiceType = "image"): Cloud {
  const place = surroundings(environment);
  const warnings: string[] = [];
  const settings = settingsFor(options, place, warnings);
  try {
    return assembleCloud(settings, options, place, warnings, spoken);
  } catch (error) {
    throw withWarnings(error, warnings);
  }
}

/** The cloud that is asked for by its name. */
export function namedCloud({ cloud }: CloudOptions, { OS_CLOUD }: NodeJS.ProcessEnv): string | undefined {
  return cloud || OS_CLOUD || undefined;
}

/** Whether the options make a cloud of their own where none is asked for by its name. */
export function describesItself({ authUrl, authType, token }: CloudOptions): boolean {
  return !!(authUrl || authType || token);
}

function settingsFor(options: CloudOptions, place: Surroundings, warnings: string[]): Settings {
  const { env } = place;
  const variables = environmentCloud(env);
  const isDescribed = describesCloud(variables.values);
  const named = namedCloud(options, env);
  if (!named && isDescribed) return variables;
  if (!named && describesItself(options)) {
    return { ...variables, name: "configuration", source: "the provider's configuration" };
  }
  const files = readCloudsFiles(place, (text) => warnings.push(text));
  try {
    const entry = (name: string) => cloudEntry(name, files, options.region || undefined, (text) => warnings.push(text));
    const fromVariables = isDescribed && named === environmentName(env);
    if (named && files.clouds.has(named) && fromVariables) throw takenTwice(named, files);
    if (named && files.clouds.has(named)) return entry(named);
    if (fromVariables) return variables;
    if (named) throw unknownCloud(named, files);
    const [only] = files.clouds.keys();
    if (only !== undefined && files.clouds.size === 1) return entry(only);
    throw noCloud(files);
  } catch (error) {
    throw withWarnings(error, warnings);
  }
}

function unknownCloud(name: string, { clouds, source }: CloudsFiles): GlanceError {
  return new GlanceError({
    code: "CONFIG",
    message: `There is no cloud "${name}" in ${source}`,
    hint:
      clouds.size > 0
        ? `It has ${[...clouds.keys()].join(", ")}`
        : "Check where clouds.yaml is, or set OS_CLIENT_CONFIG_FILE",
  });
}

function takenTwice(name: string, { source }: CloudsFiles): GlanceError {
  return new GlanceError({
    code: "CONFIG",
    message: `"${name}" names both the cloud of the OS_* variables and one in ${source}`,
    hint: "Set OS_CLOUD_NAME to another name for that of the variables",
  });
}

function noCloud({ clouds, source }: CloudsFiles): GlanceError {
  return new GlanceError({
    code: "CONFIG",
    message:
      clouds.size > 0
        ? `No cloud is chosen; ${source} has ${[...clouds.keys()].join(", ")}`
        : `No cloud is configured: no OS_AUTH_URL, and no cloud in ${source}`,
    hint: "Set OS_CLOUD (or `pulumi config set glance:cloud NAME`) to an entry of clouds.yaml, or set OS_AUTH_URL and the credentials",
  });
}

/** A file that was passed over is often the very reason. */
function withWarnings(error: unknown, warnings: readonly string[]): unknown {
  if (!(error instanceof GlanceError) || warnings.length === 0) return error;
  return error.with({ hint: [...new Set([error.facts.hint, ...warnings])].filter((text) => text).join(". ") });
}
