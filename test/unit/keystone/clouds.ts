import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { GlanceError } from "../../../provider/http/errors";
import { resolveCloud } from "../../../provider/keystone/resolve";
import type { Cloud, CloudOptions } from "../../../provider/keystone/types";

const made: string[] = [];

afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

/** A folder with these files; it is the working directory and holds the home folder `home`. */
export function folderWith(files: Record<string, string | Uint8Array>): string {
  const folder = mkdtempSync(join(tmpdir(), "clouds-"));
  made.push(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** Resolves in a folder that sees no file of this machine but its own. */
export function resolveIn(folder: string, options: CloudOptions = {}, env: Record<string, string> = {}): Cloud {
  const hermetic = { XDG_CONFIG_DIRS: join(folder, "none"), ...env };
  return resolveCloud(options, { env: hermetic, directory: folder, homeDirectory: join(folder, "home") });
}

export function resolveYaml(text: string, options: CloudOptions = {}, env: Record<string, string> = {}): Cloud {
  return resolveIn(folderWith({ "clouds.yaml": text }), options, env);
}

/** The GlanceError that `work` throws. */
export function failureOf(work: () => unknown): GlanceError {
  try {
    work();
  } catch (error) {
    if (error instanceof GlanceError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
