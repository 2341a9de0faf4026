import { resolve } from "node:path";
import { buildGenerator, type Definition, programFromConfig, ts } from "typescript-json-schema";
import type { Interface } from "./table";

/** JSON Schemas of types, by name. */
export type Definitions = Readonly<Record<string, Definition>>;

/** Tags of doc comments that the converter understands; typescript-json-schema brings `@default` itself. */
const tags = ["asType", "env", "replace", "secret"];

/**
 * JSON Schemas of the interfaces and of the types that they use, read from TypeScript sources.
 *
 * @param root - Folder with tsconfig.json, from which the paths of the interfaces start.
 * @throws Error where one of the files does not compile or lacks the interface, or two have one of that name.
 */
export function readInterfaces(root: string, interfaces: readonly Interface[]): Definitions {
  const files = [...new Set(interfaces.map(({ file }) => resolve(root, file)))];
  const program = programFromConfig(resolve(root, "tsconfig.json"), files);
  const sources = files.map((file) => sourceFile(program, file));
  for (const source of sources) refuseErrors(program, source);
  for (const { file, name } of interfaces) refuseUnclear(sources, resolve(root, file), name);
  // Errors elsewhere in the program are no matter of the schema.
  const settings = { required: true, ignoreErrors: true, validationKeywords: tags };
  const generator = buildGenerator(program, settings, files);
  const read = generator?.getSchemaForSymbols(interfaces.map(({ name }) => name)).definitions ?? {};
  const definitions = read as Definitions;
  for (const { name } of interfaces)
    tagReferences(definitions[name], declarationOf(sources, name), program.getTypeChecker());
  return definitions;
}

/** typescript-json-schema leaves our tags out where a property refers to a named type. */
function tagReferences(
  definition: Definition | undefined,
  declaration: ts.Statement | undefined,
  checker: ts.TypeChecker,
): void {
  if (!declaration) return;
  for (const property of checker.getTypeAtLocation(declaration).getProperties()) {
    const described = definition?.properties?.[property.getName()];
    if (typeof described !== "object" || described.$ref === undefined) continue;
    const own = property.getJsDocTags(checker).filter(({ name }) => tags.includes(name));
    Object.assign(described, Object.fromEntries(own.map(({ name, text }) => [name, ts.displayPartsToString(text)])));
  }
}

function declarationOf(sources: readonly ts.SourceFile[], name: string): ts.Statement | undefined {
  return sources.flatMap(({ statements }) => [...statements]).find((node) => isDeclarationOf(node, name));
}

function sourceFile(program: ts.Program, file: string): ts.SourceFile {
  const source = program.getSourceFile(file);
  if (source) return source;
  throw new Error(`there is no file ${file}`);
}

/** A base interface that cannot be found would silently take its properties out of the schema. */
function refuseErrors(program: ts.Program, source: ts.SourceFile): void {
  const [error] = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  if (!error) return;
  const { line } = source.getLineAndCharacterOfPosition(error.start ?? 0);
  throw new Error(`${source.fileName}:${line + 1}: ${ts.flattenDiagnosticMessageText(error.messageText, " ")}`);
}

/** The generator knows types by their bare names. */
function refuseUnclear(sources: readonly ts.SourceFile[], file: string, name: string): void {
  const places = sources.filter((source) => declares(source, name)).map(({ fileName }) => fileName);
  if (!places.includes(file)) throw new Error(`${file} declares no ${name}`);
  if (places.length > 1) throw new Error(`more than one file declares ${name}: ${places.join(", ")}`);
}

function declares({ statements }: ts.SourceFile, name: string): boolean {
  return statements.some((node) => isDeclarationOf(node, name));
}

function isDeclarationOf(node: ts.Statement, name: string): boolean {
  return (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) && node.name.text === name;
}
