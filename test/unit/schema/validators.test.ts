import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { repositoryRoot } from "../../../scripts/tools";

// A whole program is compiled for every case.
/** Folders of provider/resources, with the interface that their validators are held to and the file of these. */
const held = {
  image: { interface: "ImageSettings", validators: "shape.ts" },
  getImages: { interface: "GetImagesInputs", validators: "check.ts" },
};
type Folder = keyof typeof held;
const folders = Object.keys(held) as Folder[];

const path = (folder: Folder, file: string) => join(repositoryRoot, "provider/resources", folder, file);

/** Texts that differ from those on the disk, as in an editor before saving. */
const unsaved = new Map<string, string>();
let edition = 0;

const { config } = ts.readConfigFile(join(repositoryRoot, "tsconfig.json"), ts.sys.readFile);
const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, repositoryRoot);
const language = ts.createLanguageService({
  ...ts.sys,
  useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
  getCompilationSettings: () => options,
  getCurrentDirectory: () => repositoryRoot,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  getScriptFileNames: () => folders.map((folder) => path(folder, held[folder].validators)),
  getScriptSnapshot: (file) => ts.ScriptSnapshot.fromString(unsaved.get(file) ?? ts.sys.readFile(file) ?? ""),
  getScriptVersion: (file) => (unsaved.has(file) ? `unsaved ${edition}` : "saved"),
});

/** What the compiler says of each folder's validators once `change` has edited that file of theirs. */
function errorsAfter(which: "types" | "validators", change: (text: string, folder: Folder) => string): string[][] {
  edition += 1;
  for (const folder of folders) {
    const file = which === "types" ? "types.ts" : held[folder].validators;
    const saved = readFileSync(path(folder, file), "utf8");
    const text = change(saved, folder);
    if (text === saved) throw new Error(`nothing changes in ${folder}/${file}`);
    unsaved.set(path(folder, file), text);
  }
  return errors();
}

const errors = () =>
  folders.map((folder) =>
    language
      .getSemanticDiagnostics(path(folder, held[folder].validators))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
  );

const inEach = (message: RegExp) => folders.map(() => [expect.stringMatching(message)]);

describe("the compiler", () => {
  afterEach(() => unsaved.clear());

  it("finds the validators to be those of the interfaces", () => {
    expect(errors()).toEqual(folders.map(() => []));
  });

  it("misses the validator of a new input", () => {
    const added = errorsAfter("types", (text, folder) =>
      text.replace(new RegExp(`export interface ${held[folder].interface}.* {`), "$&\n  shade?: string;"),
    );
    expect(added).toEqual(inEach(/Property 'shade' is missing/));
  });

  it("refuses the validator of an input that is gone", () => {
    const removed = errorsAfter("types", (text) => text.replace(/^ {2}owner\?: string;\n/m, ""));
    expect(removed).toEqual(inEach(/'owner' does not exist/));
  });

  it("refuses the validator of another type", () => {
    const changed = errorsAfter("types", (text) => text.replace(/^ {2}owner\?: string;/m, "  owner?: number;"));
    expect(changed).toEqual(inEach(/'string' is not assignable to type 'number'/));
  });

  it("misses a validator that is gone", () => {
    const removed = errorsAfter("validators", (text) => text.replace(/^ {2}owner: .*\n/m, ""));
    expect(removed).toEqual(inEach(/Property 'owner' is missing/));
  });

  it("refuses a validator of nothing", () => {
    const added = errorsAfter("validators", (text) => text.replace(/^ {2}owner: (.*)\n/m, "$&  shade: $1\n"));
    expect(added).toEqual(inEach(/'shade' does not exist/));
  });
});
