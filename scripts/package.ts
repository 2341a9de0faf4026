/**
 * Bundles the plugin: `tsx scripts/package.ts [FOLDER]` writes FOLDER/plugin, which runs on this machine, and one archive for each
 * platform into FOLDER/packages. Default: dist. The same sources give the same bytes.
 */
import { resolve } from "node:path";
import { writeArchives } from "./package/archives";
import { pluginFiles } from "./package/contents";
import { replaceFolder } from "./package/folder";
import { repositoryRoot } from "./tools";

async function main(): Promise<void> {
  const target = resolve(process.argv[2] ?? `${repositoryRoot}/dist`);
  const files = await pluginFiles();
  await replaceFolder(`${target}/packages`, (folder) => writeArchives(files, folder));
  // Last: set-up takes the plugin's presence for the sign that everything is there.
  const platform = process.platform === "win32" ? "windows" : "unix";
  await replaceFolder(`${target}/plugin`, (folder) => files.writeTo(folder, platform));
}

void main();
