import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { repositoryRoot } from "../../../scripts/tools";

// A whole program is compiled for every case.
jest.setTimeout(60_000);

/** Folders of provider/resources, with the interface that their validators are held to. */
const interfaces = { image: "ImageInputs", getImages: "GetImagesInputs" };
type Folder = keyof typeof interfaces;
const folders = Object.keys(interfaces) as Folder[];

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
  getScriptFileNames: () => folders.map((folder) => path(folder, "check.ts")),
  getScriptSnapshot: (file) => ts.ScriptSnapshot.fromString(unsaved.get(file) ?? ts.sys.readFile(file) ?? ""),
  getScriptVersion: (file) => (unsaved.has(file) ? `unsaved ${edition}` : "saved"),
});

/** What the compiler says of each folder's validators once `change` has edited that file of theirs. */
function errorsAfter(file: string, change: (text: string, folder: Folder) => string): string[][] {
  edition += 1;
  for (const folder of folders) {
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
      .getSemanticDiagnostics(path(folder, "check.ts"))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
  );

const inEach = (message: RegExp) => folders.map(() => [expect.stringMatching(message)]);

describe("the compiler", () => {
  afterEach(() => unsaved.clear());

  it("finds the validators to be those of the interfaces", () => {
    expect(errors()).toEqual(folders.map(() => []));
  });

  it("misses the validator of a new input", () => {
    const added = errorsAfter("types.ts", (text, folder) =>
      text.replace(new RegExp(`export interface ${interfaces[folder]}.* {`), "$&\n  shade?: string;"),
    );
    expect(added).toEqual(inEach(/Property 'shade' is missing/));
  });

  it("refuses the validator of an input that is gone", () => {
    const removed = errorsAfter("types.ts", (text) => text.replace(/^ {2}owner\?: string;\n/m, ""));
    expect(removed).toEqual(inEach(/'owner' does not exist/));
  });

  it("refuses the validator of another type", () => {
    const changed = errorsAfter("types.ts", (text) => text.replace(/^ {2}owner\?: string;/m, "  owner?: number;"));
    expect(changed).toEqual(inEach(/'string' is not assignable to type 'number'/));
  });

  it("misses a validator that is gone", () => {
    const removed = errorsAfter("check.ts", (text) => text.replace(/^ {2}owner: .*\n/m, ""));
    expect(removed).toEqual(inEach(/Property 'owner' is missing/));
  });

  it("refuses a validator of nothing", () => {
    const added = errorsAfter("check.ts", (text) => text.replace(/^ {2}owner: (.*)\n/m, "$&  shade: $1\n"));
    expect(added).toEqual(inEach(/'shade' does not exist/));
  });
});
