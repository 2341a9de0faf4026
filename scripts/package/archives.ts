import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create } from "tar";
import type { Platform, PluginFiles } from "./contents";

/** Go's names of operating systems and processors, with which the engine asks for an archive. */
const targets: Record<Platform, readonly string[]> = {
  unix: ["linux-amd64", "linux-arm64", "darwin-amd64", "darwin-arm64"],
  windows: ["windows-amd64"],
};

/** When every file was last changed, as far as an archive says. */
const always = new Date("2000-01-01T00:00:00Z");

/** Writes an archive for each platform. Those that run the same files are the same. */
export async function writeArchives(files: PluginFiles, folder: string): Promise<void> {
  for (const platform of ["unix", "windows"] as const) {
    const archives = targets[platform].map((target) => join(folder, archiveName(files.version, target)));
    const [first = "", ...others] = archives;
    await writeArchive(files, platform, first);
    for (const other of others) await copyFile(first, other);
  }
}

/** The name under which the engine downloads a plugin, e.g. from a release. */
const archiveName = (version: string, target: string) => `pulumi-resource-glance-v${version}-${target}.tar.gz`;

async function writeArchive(files: PluginFiles, platform: Platform, file: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "pulumi-glance-archive-"));
  try {
    await files.writeTo(folder, platform);
    // Portable: no owner, no other times, and no trace of this system in the header of the compression.
    await create(
      { file, cwd: folder, gzip: { level: 9 }, portable: true, mtime: always, strict: true },
      files.names(platform),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
