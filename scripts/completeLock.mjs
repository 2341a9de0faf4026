/**
 * `node scripts/completeLock.mjs`: adds to package-lock.json the optional packages for other platforms that npm left out because
 * the registry at hand does not carry them; `npm ci` refuses a lock file without them. Run it after adding a dependency.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./setup/places.mjs";

const systems = ["android", "darwin", "freebsd", "linux", "openharmony", "win32"];
const processors = ["arm", "arm64", "ia32", "loong64", "ppc64", "riscv64", "s390x", "x64"];

/** What a lock file says about a package whose name tells its platform, as in `@biomejs/cli-linux-x64-musl`. */
function platformEntry(name, version, dev) {
  const words = name.split(/[-/]/);
  const system = systems.filter((word) => words.includes(word));
  const libc = words.some((word) => word.startsWith("musl")) ? "musl" : "glibc";
  return {
    version,
    cpu: processors.filter((word) => words.includes(word)),
    ...(dev && { dev }),
    ...(system.includes("linux") && { libc: [libc] }),
    optional: true,
    os: system,
  };
}

const file = join(root, "package-lock.json");
const lock = JSON.parse(readFileSync(file, "utf8"));
const added = [];

for (const [path, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const known = [`${path}/node_modules/${name}`, `node_modules/${name}`].some((place) => place in lock.packages);
    if (!known) added.push([`node_modules/${name}`, platformEntry(name, version, dev)]);
  }
}

if (added.length > 0) {
  const entries = [...Object.entries(lock.packages), ...added].sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(entries) }, null, 2)}\n`);
}
console.log(`package-lock.json: ${added.length} packages added`);
