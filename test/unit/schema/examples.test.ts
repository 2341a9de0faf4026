import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import ts from "typescript";
import { withShortcodes } from "../../../provider/schema/examples";
import type { PackageSpec } from "../../../provider/schema/pulumi";
import { repositoryRoot } from "../../../scripts/tools";
import { problemsOf } from "./yamlProgram";

// A whole program is compiled.
const schema: PackageSpec = JSON.parse(readFileSync(join(repositoryRoot, "schema.json"), "utf8"));

const documented = { ...schema.resources, ...schema.functions, "pulumi:providers:glance": schema.provider };

interface Snippet {
  language: string;
  text: string;
}

/** The examples of a description, each with its programs. */
const examplesIn = (description = ""): Snippet[][] =>
  [...description.matchAll(/^\{\{% example %\}\}\n(.*?)^\{\{% \/example %\}\}$/gms)].map(([, example = ""]) =>
    [...example.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = "", text = ""]) => ({ language, text })),
  );

/** Every program in a language, with the token whose description has it. */
const programsIn = (wanted: string): [token: string, text: string][] =>
  Object.entries(documented).flatMap(([token, { description }]) =>
    examplesIn(description)
      .flat()
      .filter(({ language }) => language === wanted)
      .map(({ text }): [string, string] => [token, text]),
  );

test.each(Object.entries(documented))("%s has examples in every language", (_, { description }) => {
  const languages = examplesIn(description).map((snippets) => snippets.map(({ language }) => language));
  expect(languages.length).toBeGreaterThan(0);
  for (const each of languages) expect(each).toEqual(["typescript", "python", "go", "csharp", "yaml"]);
});

test.each(Object.entries(schema.resources))("%s says how it is imported", (token, { description }) => {
  const [, section] = description?.split("{{% /examples %}}\n\n## Import\n\n") ?? [];
  expect(section).toMatch(new RegExp(`^pulumi import ${token} [\\w-]+ \\S+$`, "m"));
});

test("every file of examples belongs to something", () => {
  const names = Object.keys(documented).map((token) =>
    token.startsWith("pulumi:") ? "Provider" : token.slice(token.lastIndexOf(":") + 1),
  );
  const files = readdirSync(join(repositoryRoot, "provider/schema/examples"));
  expect(files.map((file) => basename(file, ".md")).sort()).toEqual(names.sort());
});

test("headings decide where examples begin and end", () => {
  const marked = withShortcodes("### One\n\na\n\n### Two\n\nb\n\n## Import\n\nc\n");
  expect(marked).toBe(
    "{{% examples %}}\n## Example Usage\n\n{{% example %}}\n### One\n\na\n{{% /example %}}\n\n" +
      "{{% example %}}\n### Two\n\nb\n{{% /example %}}\n\n{{% /examples %}}\n\n## Import\n\nc",
  );
});

describe("programs in YAML", () => {
  test.each(programsIn("yaml"))("%s: its program is one that the schema knows", (token, text) => {
    expect(problemsOf(text, schema)).toEqual([]);
    expect(text).toContain(token.replace(":index:", ":"));
  });

  const image = (properties: string, output = "a.id") =>
    `resources: { a: { type: "glance:Image", properties: ${properties} } }\noutputs: { it: "\${${output}}" }`;

  test.each([
    ["an input that does not exist", image("{ colour: red }"), /colour/],
    ["a value of another type", image("{ minDisk: big }"), /minDisk must be integer/],
    ["a word that is no visibility", image("{ visibility: secret }"), /visibility must be equal to one of/],
    ["a resource that does not exist", 'resources: { a: { type: "glance:Picture" } }', /no resource glance:Picture/],
    ["a missing input", 'resources: { a: { type: "glance:ImageMember" } }', /must have required property 'imageId'/],
    ["an output that does not exist", image("{}", "a.colour"), /\$\{a\.colour\} leads nowhere/],
    ["a resource that is not declared", image("{}", "b.id"), /\$\{b\.id\} leads nowhere/],
  ])("%s would be noticed", (_, text, problem) => {
    expect(problemsOf(text, schema).join("\n")).toMatch(problem);
  });
});

describe("programs in TypeScript", () => {
  /** What the compiler says of each program about the native SDK. */
  function errorsOf(programs: readonly string[]): string[] {
    const files = new Map(programs.map((text, index) => [join(repositoryRoot, `example${index}.ts`), text]));
    const options: ts.CompilerOptions = {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: ["node"],
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.Node16,
      moduleResolution: ts.ModuleResolutionKind.Node16,
      paths: { "pulumi-glance-native": [join(repositoryRoot, "sdk/nodejs-native/index.ts")] },
    };
    const disk = ts.createCompilerHost(options);
    const host: ts.CompilerHost = {
      ...disk,
      fileExists: (name) => files.has(name) || disk.fileExists(name),
      readFile: (name) => files.get(name) ?? disk.readFile(name),
      getSourceFile: (name, ...rest) => {
        const text = files.get(name);
        return text === undefined
          ? disk.getSourceFile(name, ...rest)
          : ts.createSourceFile(name, text, ts.ScriptTarget.ES2022);
      },
    };
    const program = ts.createProgram([...files.keys()], options, host);
    return [...files.keys()].flatMap((file) => {
      const source = program.getSourceFile(file);
      return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
        ({ messageText }) => `${basename(file)}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
      );
    });
  }

  it("compile against the native SDK, and one with a wrong input does not", () => {
    const wrong = 'import * as glance from "pulumi-glance-native";\nnew glance.Image("a", { colour: "red" });';
    const programs = programsIn("typescript").map(([, text]) => text);
    expect(errorsOf([...programs, wrong])).toEqual([
      expect.stringMatching(
        `^example${programs.length}.ts: Object literal may only specify known properties, .*'colour'`,
      ),
    ]);
  });
});
