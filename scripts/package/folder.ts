import { chmod, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** Makes `folder` anew. `write` fills a folder beside it, so that nobody ever finds a half-written one. */
export async function replaceFolder(folder: string, write: (folder: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const [made, old] = [await mkdtemp(`${folder}.new-`), await mkdtemp(`${folder}.old-`)];
  try {
    await chmod(made, 0o755);
    await write(made);
    await rename(folder, `${old}/it`).catch(ignoreMissing);
    await rename(made, folder);
  } finally {
    await Promise.all([made, old].map((path) => rm(path, { recursive: true, force: true })));
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}
