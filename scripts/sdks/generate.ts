import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { mustExecute } from "../../test/tools/execute";
import { codegenBinary, scratchFolder } from "../tools";
import { markGenerated } from "./mark";
import { readTree, type Tree } from "./tree";

/** The SDKs of a schema as they belong into the folder `sdk`. Rejects where set-up could not build the generators. */
export async function generateSdks(schemaFile: string): Promise<Tree> {
  const command = codegenBinary();
  if (command === undefined) {
    throw new Error('the generators are not installed: install Go (https://go.dev/dl), then run "npm run setup"');
  }
  mkdirSync(scratchFolder, { recursive: true });
  const folder = mkdtempSync(join(scratchFolder, "sdks-"));
  try {
    await mustExecute(command, [schemaFile, folder], { timeout: 60 });
    return completed(readTree(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function completed(generated: Tree): Tree {
  const tree = new Map([...generated].map(([path, content]) => [path, markGenerated(path, content)] as const));
  // pyproject.toml names it there, the generator writes it into the package only.
  const readme = tree.get("python/pulumi_glance/README.md");
  if (readme !== undefined) tree.set("python/README.md", readme);
  return tree;
}
