import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { repositoryRoot } from "../../../scripts/tools";

// A whole program is compiled for every case.
jest.setTimeout(60_000);

/** Sources as an editor holds them: the texts of some are not yet what the disk has. */
const unsaved = new Map<string, string>();
let edition = 0;

const { options } = ts.parseJsonConfigFileContent(
  { ...ts.readConfigFile(join(repositoryRoot, "tsconfig.json"), ts.sys.readFile).config, files: [], include: [] },
  ts.sys,
  repositoryRoot,
);
const language = ts.createLanguageService({
  ...ts.sys,
  useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
  getCompilationSettings: () => ({ ...options, incremental: false }),
  getCurrentDirectory: () => repositoryRoot,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  getScriptFileNames: () => [...pairs.keys()].map((folder) => path(folder, "check.ts")),
  getScriptSnapshot: (file) => ts.ScriptSnapshot.fromString(unsaved.get(file) ?? ts.sys.readFile(file) ?? ""),
  getScriptVersion: (file) => (unsaved.has(file) ? `unsaved ${edition}` : "saved"),
});

/** Folders of provider/resources with the interface that their validators are held to. */
const pairs = new Map([
  ["image", "ImageInputs"],
  ["getImages", "GetImagesInputs"],
]);

const path = (folder: string, file: string) => join(repositoryRoot, "provider/resources", folder, file);

/** What the compiler says of a folder's validators once `edit` has changed one of its files. */
function errorsAfter(folder: string, file: string, edit: (text: string) => string): string[] {
  const saved = readFileSync(path(folder, file), "utf8");
  const edited = edit(saved);
  if (edited === saved) throw new Error(`the edit of ${folder}/${file} changes nothing`);
  edition += 1;
  unsaved.set(path(folder, file), edited);
  try {
    return errorsIn(folder);
  } finally {
    unsaved.clear();
  }
}

const errorsIn = (folder: string) =>
  language
    .getSemanticDiagnostics(path(folder, "check.ts"))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));

describe.each([...pairs])("the validators of %s", (folder, name) => {
  const opening = `export interface ${name} {`;

  it("are those of the interface", () => {
    expect(errorsIn(folder)).toEqual([]);
  });

  it("must have a new input", () => {
    const errors = errorsAfter(folder, "types.ts", (text) => text.replace(opening, `${opening}\n  shade?: string;`));
    expect(errors).toEqual([expect.stringContaining("Property 'shade' is missing")]);
  });

  it("must not have an input that is gone", () => {
    const errors = errorsAfter(folder, "types.ts", (text) => text.replace(/^ {2}region\?: string;\n/m, ""));
    expect(errors).toContainEqual(expect.stringContaining("'region' does not exist"));
  });

  it("must let the input's type through", () => {
    const errors = errorsAfter(folder, "types.ts", (text) => text.replace("  region?: string;", "  region?: number;"));
    expect(errors).toContainEqual(expect.stringContaining("'number'"));
  });

  it("cannot lack one", () => {
    const errors = errorsAfter(folder, "check.ts", (text) => text.replace(/^ {2}region: .*\n/m, ""));
    expect(errors).toContainEqual(expect.stringContaining("Property 'region' is missing"));
  });

  it("cannot have one more", () => {
    const errors = errorsAfter(folder, "check.ts", (text) => text.replace(/^ {2}region: (.*)\n/m, "$&  shade: $1\n"));
    expect(errors).toEqual([expect.stringContaining("'shade' does not exist")]);
  });
});
