import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onceAtATime } from "./lock.mjs";
import { fingerprint, root, scratchFolder, searchPath } from "./places.mjs";
import { run } from "./shell.mjs";

/** Everything that the plugin is made of. */
const sources = [
  "provider",
  "scripts/package.ts",
  "scripts/package",
  "scripts/tools.ts",
  "schema.json",
  "package.json",
  "package-lock.json",
  "LICENSE",
];

/** Lies in the plugin's folder, so that one that was packaged in another way does not count. */
const stamp = join(root, "dist", "plugin", ".sources");

/** The plugin in dist/plugin and its archives in dist/packages, as the sources are now. */
export async function packagePlugin() {
  const wanted = fingerprint(...sources.flatMap(filesOf));
  const isDone = () => existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;
  await onceAtATime(join(scratchFolder, "plugin.lock"), isDone, async () => {
    const env = { ...process.env, PATH: searchPath({ own: true }) };
    await run(join(root, "node_modules", ".bin", "tsx"), ["scripts/package.ts"], { cwd: root, env, minutes: 5 });
    writeFileSync(stamp, wanted);
  });
}

function filesOf(source) {
  const path = join(root, source);
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
