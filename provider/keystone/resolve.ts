import { GlanceError } from "../http/errors";
import { cloudFrom } from "./cloud";
import { type CloudsFiles, type Environment, isMapping, type Mapping, readCloudsFiles, wrongShape } from "./files";
import { flatten, type Layer, layerOf, mergeLayers } from "./layers";
import type { Cloud, CloudOptions } from "./types";

/**
 * Decides which cloud is meant and how to reach it, without sending anything. Options beat the entry of clouds.yaml
 * that `cloud` or `OS_CLOUD` names; without one the `OS_*` variables count, and without those the only entry there is.
 */
export function resolveCloud(options: CloudOptions, environment: Environment): Cloud {
  const { name, layer } = baseFor(options, environment);
  return cloudFrom(name, flatten(layer), options, environment);
}

interface Base {
  name: string;
  layer: Layer;
}

function baseFor(options: CloudOptions, environment: Environment): Base {
  const { env } = environment;
  const named = options.cloud ?? env.OS_CLOUD;
  const fromEnv = environmentLayer(env);
  const envName = env.OS_CLOUD_NAME || "envvars";
  if (named === envName && fromEnv) return { name: envName, layer: fromEnv };
  if (named) return entryNamed(named, options.region, readCloudsFiles(environment));
  if (fromEnv) return { name: envName, layer: fromEnv };
  const nothing = { name: "configuration", layer: { top: new Map(), auth: new Map() } };
  if (options.authUrl !== undefined || options.endpointOverride !== undefined) return nothing;
  const files = readCloudsFiles(environment);
  const names = Object.keys(files.clouds);
  const [only] = names;
  if (only !== undefined && names.length === 1) return entryNamed(only, options.region, files);
  throw new GlanceError({
    code: "CONFIG",
    message:
      names.length === 0 ? "No cloud is configured" : `No cloud is chosen; ${files.source} has ${names.join(", ")}`,
    hint: "Set OS_CLOUD (or `pulumi config set glance:cloud NAME`) to an entry of clouds.yaml, or set OS_AUTH_URL and the credentials",
  });
}

function entryNamed(name: string, region: string | undefined, files: CloudsFiles): Base {
  const entry = Object.hasOwn(files.clouds, name) ? files.clouds[name] : undefined;
  if (entry === undefined) {
    const names = Object.keys(files.clouds);
    throw new GlanceError({
      code: "CONFIG",
      message: `There is no cloud "${name}" in ${files.source}`,
      hint: names.length > 0 ? `It has ${names.join(", ")}` : "Check OS_CLOUD and where clouds.yaml is",
    });
  }
  const where = `The cloud "${name}" in ${files.source}`;
  if (!isMapping(entry)) throw wrongShape(where, "is not a mapping");
  const profile = profileOf(entry, files, where);
  const values = regionValues({ ...profile, ...entry }, region, where);
  const layers = [layerOf(profile, where), layerOf(entry, where), layerOf(values, where)];
  return { name, layer: mergeLayers(...layers) };
}

function profileOf(entry: Mapping, { profiles }: CloudsFiles, where: string): Mapping {
  const name = entry.profile ?? entry.cloud;
  if (name === undefined || name === null) return {};
  const profile = Object.hasOwn(profiles, String(name)) ? profiles[String(name)] : undefined;
  if (isMapping(profile)) return profile;
  throw new GlanceError({
    code: "CONFIG",
    message: `${where} uses the profile "${name}", which is not in clouds-public.yaml`,
    hint: "Profiles built into openstacksdk are not known here: write auth_url and the rest into the entry",
  });
}

/** Settings of the wanted region, the first where none is wanted; `region_name` is one of them. */
function regionValues(entry: Mapping, wanted: string | undefined, where: string): Mapping {
  const regions = knownRegions(entry, where);
  const [first] = regions;
  const chosen = wanted === undefined ? first : regions.find(({ name }) => name === wanted);
  if (chosen) return { ...chosen.values, region_name: chosen.name };
  if (regions.length === 0) return wanted === undefined ? {} : { region_name: wanted };
  throw new GlanceError({
    code: "CONFIG",
    message: `${where} has no region "${wanted}"`,
    hint: `It has ${regions.map(({ name }) => name).join(", ")}; upper and lower case matter`,
  });
}

function knownRegions(entry: Mapping, where: string): { name: string; values: Mapping }[] {
  const listed = entry.regions ?? entry.region_name ?? entry["region-name"];
  if (listed === undefined || listed === null || listed === "") return [];
  const items: unknown[] = Array.isArray(listed) ? listed : String(listed).split(",");
  return items.map((item) => {
    if (!isMapping(item)) return { name: String(item), values: {} };
    const values = item.values ?? {};
    if (item.name === undefined || !isMapping(values))
      throw wrongShape(where, "has a region without name or with values that are no mapping");
    return { name: String(item.name), values };
  });
}

/** Variables that choose among clouds and are no settings of one. */
const selectors = ["OS_CLOUD", "OS_REGION_NAME", "OS_CLIENT_CONFIG_FILE", "OS_CLIENT_SECURE_FILE", "OS_CLOUD_NAME"];

function environmentLayer(env: NodeJS.ProcessEnv): Layer | undefined {
  const names = Object.keys(env).filter((name) => /^OS_(?!TEST|STD|LOG)/.test(name));
  if (names.every((name) => selectors.includes(name))) return undefined;
  const settings = names.map((name) => [name.slice("OS_".length).toLowerCase(), env[name]]);
  return layerOf(Object.fromEntries(settings), "the environment");
}
