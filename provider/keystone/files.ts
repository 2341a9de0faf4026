import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Surroundings, searchPath } from "./searchPath";
import { type Mapping, mappingIn, mergeDeep, parseValue, type Value, wrongShape } from "./values";

/** What openstacksdk's files say (openstack/config/loader.py). */
export interface CloudsFiles {
  /** Entries of clouds.yaml with those of secure.yaml merged over them. */
  clouds: Mapping;
  /** Where they are from: the files, or the folders that have none. */
  source: string;
  /** `public-clouds` of clouds-public.yaml. */
  profiles(): Mapping;
}

interface ConfigFile {
  path: string;
  content: Mapping;
}

/**
 * Finds and reads clouds, secure and clouds-public. Of each the first file wins that can be read and parsed; files of
 * different folders are not merged with each other.
 */
export function readCloudsFiles(place: Surroundings, warn: (text: string) => void): CloudsFiles {
  const { OS_CLIENT_CONFIG_FILE, OS_CLIENT_SECURE_FILE } = place.env;
  const clouds = firstFile("clouds", OS_CLIENT_CONFIG_FILE, place, warn);
  const secure = firstFile("secure", OS_CLIENT_SECURE_FILE, place, warn);
  const found = [clouds, secure].filter((file) => file !== undefined);
  const source = found.map(({ path }) => path).join(" and ");
  for (const { path, content } of found) {
    if (content.size > 0 && !content.has("clouds")) warn(`${path} has no key "clouds"`);
  }
  const [below = new Map(), over = new Map()] = found.map(({ path, content }) => mappingIn(content, "clouds", path));
  return {
    clouds: mergeDeep(below, over),
    source: source || `clouds.yaml (there is none in ${searchPath(place).join(", ")})`,
    profiles() {
      const file = firstFile("clouds-public", undefined, place, warn);
      return file ? mappingIn(file.content, "public-clouds", file.path) : new Map();
    },
  };
}

function firstFile(
  name: string,
  preferred: string | undefined,
  place: Surroundings,
  warn: (text: string) => void,
): ConfigFile | undefined {
  const usual = searchPath(place).flatMap((folder) =>
    ["yaml", "yml", "json"].map((end) => join(folder, `${name}.${end}`)),
  );
  for (const path of preferred ? [resolve(place.directory, preferred), ...usual] : usual) {
    const read = readConfig(path);
    if ("content" in read) return { path, content: topMapping(read.content, path) };
    if (read.skipped) warn(`${path} is skipped: ${read.skipped}`);
    else if (preferred && path === resolve(place.directory, preferred)) warn(`${path} does not exist`);
  }
  return undefined;
}

function readConfig(path: string): { content: Value } | { skipped: string | undefined } {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { skipped: code === "ENOENT" || code === "ENOTDIR" ? undefined : `it cannot be read (${code})` };
  }
  try {
    return { content: parseValue(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) };
  } catch (error) {
    return { skipped: `it is ${error instanceof TypeError ? "not UTF-8" : (error as Error).message}` };
  }
}

/** An empty file counts as found, and says nothing. */
function topMapping(content: Value, path: string): Mapping {
  if (content === null) return new Map();
  if (content instanceof Map) return content;
  throw wrongShape(`${path} holds no mapping at its top level`);
}
