import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

const binFolder = join(root, "node_modules", ".bin");

/** Where tools live that are too large to install once per clone. Safe to delete. */
export function cacheFolder(env = process.env) {
  const xdg = env.XDG_CACHE_HOME;
  return join(xdg && isAbsolute(xdg) ? xdg : join(homedir(), ".cache"), "pulumi-glance");
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
  const file = join(root, ".cache", "tools.json");
  const known = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ ...known, [name]: folder }, null, 2)}\n`);
}
