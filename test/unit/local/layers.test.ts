import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../../scripts/tools";
import { importGraph } from "../importGraph";

const paths = globSync("provider/local/**/*.ts", { cwd: repositoryRoot });
const graph = importGraph(new Map(paths.map((path) => [path, readFileSync(join(repositoryRoot, path), "utf8")])));
const folderOf = (path: string) => /^provider\/local\/(\w+)\//.exec(path)?.[1] ?? "";

/** The folders that each folder may import beside itself. */
const allowed: Record<string, string[]> = {
  store: [],
  faults: [],
  wire: [],
  imports: ["store"],
  keystone: ["store", "wire"],
  v2: ["imports", "store", "wire"],
  v1: ["imports", "store", "v2", "wire"],
  alliance: ["imports", "store", "v2", "wire"],
  // Nova asks Glance for its images.
  compute: ["v2", "store", "wire"],
};

it.each(Object.entries(allowed))("%s imports no folder of the server but %j", (folder, others) => {
  const files = [...graph].filter(([path]) => folderOf(path) === folder);
  const imported = new Set(files.flatMap(([, imports]) => imports.map(folderOf)));
  expect(files).not.toEqual([]);
  expect([folder, ...others, ""]).toEqual(expect.arrayContaining([...imported]));
});
