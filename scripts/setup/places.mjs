import { createHash } from "node:crypto";
import { accessSync, constants, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** Where this clone keeps what it makes at run time; ignored by git. */
export const scratchFolder = join(root, ".cache");

const binFolder = join(root, "node_modules", ".bin");

/** For programs that keep files in a home: without one npm makes a folder named `~` here, and Go builds nothing. */
export const home = isAbsolute(homedir()) ? homedir() : scratchFolder;

/** Where tools live that are too large to install once per clone; in the clone where no other place can be written. Safe to delete. */
export function cacheFolder(env = process.env) {
  const shared = [env.XDG_CACHE_HOME, join(homedir(), ".cache")].find((folder) => folder && isAbsolute(folder));
  const folder = shared && join(shared, "pulumi-glance");
  return folder && canBeWritten(folder) ? folder : scratchFolder;
}

function canBeWritten(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** The PATH with this repository's own commands first, or without them. */
export function searchPath({ own }) {
  const others = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "" && folder !== binFolder);
  return (own ? [binFolder, ...others] : others).join(delimiter);
}

export const fingerprint = (...files) =>
  files
    .reduce((hash, file) => hash.update(readFileSync(file)), createHash("sha256"))
    .digest("hex")
    .slice(0, 12);

/** Tells the other scripts where a tool was found or installed (they read it with scripts/tools.ts). */
export function recordTool(name, folder) {
  const file = join(scratchFolder, "tools.json");
  mkdirSync(scratchFolder, { recursive: true });
  const written = `${file}.${process.pid}`;
  writeFileSync(written, `${JSON.stringify({ ...recordedTools(file), [name]: folder }, null, 2)}\n`);
  renameSync(written, file);
}

/** None where there is no file, or half of one. */
function recordedTools(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return {};
  }
}
