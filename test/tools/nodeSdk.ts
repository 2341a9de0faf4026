import { cp, mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { repositoryRoot } from "../../scripts/tools";
import { mustExecute } from "./execute";

/** Compiles sdk/nodejs-native into the modules of an existing `folder`, where the programs in its subfolders find it. */
export async function installNodeSdk(folder: string): Promise<void> {
  const [source, modules] = [join(repositoryRoot, "sdk", "nodejs-native"), join(folder, "node_modules")];
  const sdk = join(modules, "pulumi-glance-native");
  await mkdir(modules);
  await symlink(join(repositoryRoot, "node_modules", "@pulumi"), join(modules, "@pulumi"));
  await mustExecute(join(repositoryRoot, "node_modules", ".bin", "tsc"), ["-p", source, "--outDir", sdk]);
  await cp(join(source, "package.json"), join(sdk, "package.json"));
}
