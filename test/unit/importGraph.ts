import { dirname, join } from "node:path/posix";
import ts from "typescript";

/** Texts of source files by path from the repository's root, with slashes. */
export type Sources = ReadonlyMap<string, string>;

/** Files that each file imports, type imports, dynamic ones and `require` included; packages are left out. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

export function importGraph(sources: Sources): ImportGraph {
  return new Map([...sources].map(([file, text]) => [file, importsOf(file, text, sources)]));
}

function importsOf(file: string, text: string, sources: Sources): string[] {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  const relative = importedFiles.map(({ fileName }) => fileName).filter((name) => /^\.\.?(\/|$)/.test(name));
  return relative.flatMap((name) => {
    const target = join(dirname(file), name);
    return [target, `${target}.ts`, `${target}/index.ts`].filter((path) => sources.has(path)).slice(0, 1);
  });
}

/** Folders and files of each layer, from the top; a layer may import itself and those below. */
const layers = [
  ["sdk/nodejs/"],
  ["provider/main.ts", "provider/cli/"],
  ["provider/pulumi/"],
  ["provider/resources/"],
  ["provider/image/"],
  ["provider/glance/"],
  ["provider/keystone/"],
  ["provider/http/"],
];

/** Folders that stand alone: they import no layer, and of the layers only the command line may import them. */
const alone = ["provider/local/", "provider/schema/"];
const commandLine = "provider/cli/";

/** Imports that go up or into a folder that stands alone, and files that belong nowhere. */
export function forbiddenImports(graph: ImportGraph): string[] {
  return [...graph].flatMap(([file, imports]) =>
    placeOf(file) === undefined
      ? [`${file} is in no layer`]
      : imports.filter((target) => !mayImport(file, target)).map((target) => `${file} imports ${target}`),
  );
}

function mayImport(file: string, target: string): boolean {
  const [from, to] = [placeOf(file), placeOf(target)];
  if (from === to) return true;
  if (typeof to === "string") return file.startsWith(commandLine);
  return typeof from === "number" && to !== undefined && from < to;
}

/** The number of the layer, or the folder that stands alone. */
function placeOf(file: string): number | string | undefined {
  const layer = layers.findIndex((members) => members.some((member) => file.startsWith(member)));
  return layer === -1 ? alone.find((folder) => file.startsWith(folder)) : layer;
}

/** One of the circles of imports, from a file back to itself; `undefined` where there is none. */
export function importCycle(graph: ImportGraph): string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): string[] | undefined => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const target of graph.get(file) ?? []) {
      const cycle = visit(target, [...trail, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return undefined;
}
