import { GlanceError } from "../http/errors";
import type { CloudsFiles } from "./files";
import {
  asMapping,
  asText,
  isMapping,
  type Mapping,
  mappingIn,
  type Value,
  withUnderscores,
  wrongShape,
} from "./values";

/** Settings of one cloud in one region, not interpreted yet. */
export interface Settings {
  name: string;
  /** For messages: `the cloud "lab" in /home/me/clouds.yaml`. */
  source: string;
  values: Mapping;
}

/** The entry `name` over its profile, under the values of the wanted region. */
export function cloudEntry(
  name: string,
  files: CloudsFiles,
  region: string | undefined,
  warn: (text: string) => void,
): Settings {
  const source = `the cloud "${name}" in ${files.source}`;
  const entry = withUnderscores(asMapping(files.clouds.get(name), source));
  const profile = profileOf(entry, files, source, warn);
  const chosen = chooseRegion(knownRegions(entry, profile, source), region, source);
  const given = [...chosen.values].filter(([, value]) => value !== null);
  const values = [profile, entry, new Map(given), new Map([["region_name", chosen.name]])];
  return { name, source, values: values.reduce((below, over) => layered(below, over, source)) };
}

/** As dict.update in openstacksdk: the upper layer's value replaces the lower's, but `auth` is merged key by key. */
function layered(below: Mapping, over: Mapping, source: string): Mapping {
  const auth = new Map([...mappingIn(below, "auth", source), ...mappingIn(over, "auth", source)]);
  return new Map<string, Value>([...below, ...over, ["auth", auth]]);
}

function profileOf(entry: Mapping, files: CloudsFiles, source: string, warn: (text: string) => void): Mapping {
  const name = asText(entry.get("profile") ?? entry.get("cloud"), `"profile" of ${source}`);
  if (name === undefined) return new Map();
  const profile = files.profiles().get(name);
  if (profile === undefined) {
    warn(
      `the profile "${name}" of ${source} is in no clouds-public.yaml; those built into openstacksdk are not known here`,
    );
  }
  return withUnderscores(asMapping(profile, `the profile "${name}" in clouds-public.yaml`));
}

interface Region {
  name: string | null;
  values: Mapping;
}

interface KnownRegions {
  regions: Region[];
  /** True when the cloud names all that it has, false for a mere default. */
  complete: boolean;
}

function knownRegions(entry: Mapping, profile: Mapping, source: string): KnownRegions {
  const owner = entry.has("regions") || entry.has("region_name") ? entry : profile;
  const list = owner.get("regions");
  if (list !== undefined && list !== null) {
    if (!Array.isArray(list)) throw wrongShape(`"regions" of ${source} is not a list`);
    return { regions: list.map((item: Value) => regionOf(item, source)), complete: true };
  }
  const name = owner.get("region_name") ?? null;
  const names = Array.isArray(name) ? name : (asText(name, `"region_name" of ${source}`)?.split(",") ?? []);
  return { regions: names.map((item: Value) => regionOf(item, source)), complete: names.length > 1 };
}

function regionOf(item: Value, source: string): Region {
  const name = asText(isMapping(item) ? item.get("name") : item, `a region of ${source}`);
  if (name === undefined) throw wrongShape(`A region of ${source} has no name`);
  return {
    name,
    values: isMapping(item) ? withUnderscores(mappingIn(item, "values", `a region of ${source}`)) : new Map(),
  };
}

function chooseRegion({ regions, complete }: KnownRegions, wanted: string | undefined, source: string): Region {
  const none = { name: wanted ?? null, values: new Map() };
  if (wanted === undefined) return regions[0] ?? none;
  const found = regions.find(({ name }) => name === wanted);
  if (found || !complete) return found ?? none;
  throw new GlanceError({
    code: "CONFIG",
    message: `There is no region "${wanted}" in ${source}`,
    hint: `It has ${regions.map(({ name }) => name).join(", ")}; upper and lower case matter`,
  });
}
