import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onceAtATime } from "./lock.mjs";
import { cacheFolder, fingerprint } from "./places.mjs";

/**
 * A folder of the cache that is named after what is in it, so that a change of one of `files` gives another; `make` fills it once. What
 * is in it may hold absolute paths and cannot be renamed: a folder without the mark `installed` is incomplete and made again.
 */
export async function cachedFolder({ name, files, make }) {
  const folder = join(cacheFolder(), `${name}-${fingerprint(...files)}`);
  const done = join(folder, "installed");
  await onceAtATime(
    `${folder}.lock`,
    () => existsSync(done),
    async () => {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      await make(folder);
      writeFileSync(done, "");
    },
  );
  return folder;
}
