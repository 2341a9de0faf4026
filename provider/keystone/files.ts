import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { GlanceError } from "../http/errors";

/** What the resolution of a cloud may look at beside the options. */
export interface Environment {
  env: NodeJS.ProcessEnv;
  /** The working directory, searched first. */
  directory: string;
  /** Default: the user's. */
  home?: string;
}

export type Mapping = Readonly<Record<string, unknown>>;

/** The files of openstacksdk, read (openstack/config/loader.py). */
export interface CloudsFiles {
  /** Entries of clouds.yaml with those of secure.yaml merged over them. */
  clouds: Mapping;
  /** `public-clouds` of clouds-public.yaml. */
  profiles: Mapping;
  /** The file that `clouds` is from, or every place where it was looked for. */
  source: string;
}

/**
 * Reads clouds, secure and clouds-public. Of each the first file that exists and can be read and parsed wins; files of
 * different directories are not merged.
 */
export function readCloudsFiles(environment: Environment): CloudsFiles {
  const { env } = environment;
  const clouds = firstOf("clouds", environment, env.OS_CLIENT_CONFIG_FILE);
  const secure = firstOf("secure", environment, env.OS_CLIENT_SECURE_FILE);
  const vendor = firstOf("clouds-public", environment, undefined);
  const merged = mergeDeep(clouds?.content ?? {}, secure?.content ?? {});
  return {
    clouds: mappingIn(merged, "clouds", clouds?.path),
    profiles: mappingIn(vendor?.content ?? {}, "public-clouds", vendor?.path),
    source: clouds?.path ?? `clouds.yaml in ${searchPath(environment).join(", ")}`,
  };
}

function searchPath({ env, directory, home = homedir() }: Environment): string[] {
  const inConfig = (base: string) => join(base, "openstack");
  const userConfig = env.XDG_CONFIG_HOME || defaultConfigHome(env, home);
  const unixConfig = join(env.SNAP_REAL_HOME || home, ".config");
  const site = (env.XDG_CONFIG_DIRS || "/etc/xdg").split(":")[0] ?? "/etc/xdg";
  return [...new Set([directory, inConfig(userConfig), inConfig(unixConfig), inConfig(site), "/etc/openstack"])];
}

function defaultConfigHome(env: NodeJS.ProcessEnv, home: string): string {
  if (process.platform === "darwin") return join(home, "Library/Application Support");
  if (process.platform === "win32") return join(env.LOCALAPPDATA ?? home, "OpenStack");
  return join(home, ".config");
}

function firstOf(name: string, environment: Environment, override: string | undefined) {
  const candidates = searchPath(environment).flatMap((folder) =>
    [".yaml", ".yml", ".json"].map((suffix) => join(folder, name + suffix)),
  );
  for (const path of override ? [override, ...candidates] : candidates) {
    if (!existsSync(path)) continue;
    const content = readMapping(path);
    if (content) return { path, content };
  }
  return undefined;
}

/** Nothing for a file that cannot be read or parsed: the search goes on, as in openstacksdk. */
function readMapping(path: string): Mapping | undefined {
  let content: unknown;
  try {
    content = parse(readFileSync(path, "utf8"), { maxAliasCount: 100, logLevel: "silent" });
  } catch {
    return undefined;
  }
  if (content === null || content === undefined) return {};
  if (!isMapping(content)) throw wrongShape(path, "is not a mapping");
  return content;
}

function mappingIn(content: Mapping, key: string, path: string | undefined): Mapping {
  const value = Object.hasOwn(content, key) ? content[key] : undefined;
  if (value === undefined || value === null) return {};
  if (!isMapping(value)) throw wrongShape(path ?? "secure.yaml", `has no mapping under "${key}"`);
  return value;
}

export function wrongShape(where: string, what: string): GlanceError {
  return new GlanceError({ code: "CONFIG", message: `${where} ${what}` });
}

export function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The second's members win; mappings are merged. Object.fromEntries keeps a key like `__proto__` an ordinary one. */
export function mergeDeep(first: Mapping, second: Mapping): Mapping {
  const entries = new Map<string, unknown>(Object.entries(first));
  for (const [key, value] of Object.entries(second)) {
    const before = entries.get(key);
    entries.set(key, isMapping(before) && isMapping(value) ? mergeDeep(before, value) : value);
  }
  return Object.fromEntries(entries);
}
