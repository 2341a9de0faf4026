import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The contents of files by their path, with `/` between its parts. */
export type Tree = Map<string, Buffer>;

/** What the build tools of the languages leave beside their sources. */
const leftByBuilds = /^(bin|obj|build|dist|node_modules|__pycache__|.*\.egg-info)$/;

/** The files of a folder and those below it, but for what builds leave there; none where it is missing. */
export function readTree(folder: string, prefix = ""): Tree {
  const tree: Tree = new Map();
  for (const entry of entriesOf(folder)) {
    const [file, path] = [join(folder, entry.name), prefix + entry.name];
    if (!entry.isDirectory()) tree.set(path, readFileSync(file));
    else if (!leftByBuilds.test(entry.name)) for (const [at, text] of readTree(file, `${path}/`)) tree.set(at, text);
  }
  return tree;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return [];
  }
}

/** The paths that only one tree has, or whose contents differ, sorted. */
export function differences(left: Tree, right: Tree): string[] {
  const paths = new Set([...left.keys(), ...right.keys()]);
  return [...paths].filter((path) => !sameContent(left.get(path), right.get(path))).sort();
}

const sameContent = (left: Buffer | undefined, right: Buffer | undefined) =>
  left !== undefined && right !== undefined && left.equals(right);
