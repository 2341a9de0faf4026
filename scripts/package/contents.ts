import { readFileSync } from "node:fs";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { repositoryRoot } from "../tools";
import { bundle, manifest } from "./bundle";
import { licensesOf } from "./licenses";

/** What the engine starts: a script of the shell, or a batch file. */
export type Platform = "unix" | "windows";

const starters: Record<Platform, string> = {
  unix: "pulumi-resource-glance",
  windows: "pulumi-resource-glance.cmd",
};

/** All files of a plugin folder. */
export interface PluginFiles {
  /** Without a "v". */
  version: string;
  /** Their names, sorted. */
  names(platform: Platform): string[];
  writeTo(folder: string, platform: Platform): Promise<void>;
}

export async function pluginFiles(): Promise<PluginFiles> {
  const { version, license, engines } = manifest();
  const bundled = await bundle();
  const common = new Map([
    ...bundled.scripts,
    ["schema.json", text("schema.json")],
    // Without it a package.json of the user's, in a folder above, would say what kind of modules these are.
    ["package.json", json({ name: starters.unix, version, private: true, license, type: "commonjs", engines })],
    ["LICENSE", text("LICENSE")],
    ["THIRD-PARTY-LICENSES.txt", licensesOf(bundled)],
    ["README.md", text("scripts/package/plugin/README.md")],
  ]);
  return {
    version,
    names: (platform) => [...common.keys(), starters[platform]].sort(),
    async writeTo(folder, platform) {
      for (const [name, content] of common) await write(join(folder, name), content, 0o644);
      const starter = starters[platform];
      await write(join(folder, starter), text(`scripts/package/plugin/${starter}`), 0o755);
    },
  };
}

const text = (path: string) => readFileSync(join(repositoryRoot, path), "utf8");

const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;

/** Sets the mode afterwards, since the caller's umask has a say in the first. */
async function write(file: string, content: string, mode: number): Promise<void> {
  await writeFile(file, content);
  await chmod(file, mode);
}
