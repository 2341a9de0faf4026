import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { committedSdks } from "../../scripts/sdks/committed";
import { generateSdks } from "../../scripts/sdks/generate";
import { differences } from "../../scripts/sdks/tree";
import { codegenBinary, goModules, repositoryRoot } from "../../scripts/tools";
import { execute } from "../tools/execute";
import { TestStack } from "../tools/pulumi";
import { installPythonSdk } from "../tools/pythonSdk";

jest.setTimeout(180_000);

const schemaFile = join(repositoryRoot, "schema.json");
const readSchema = async () => JSON.parse(await readFile(schemaFile, "utf8"));

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pulumi-glance-sdks-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** One of the repository's own commands. */
const run = async (name: string, args: string[]) => {
  const command = join(repositoryRoot, "node_modules", ".bin", name);
  const { code, stdout, stderr } = await execute(command, args, { cwd: repositoryRoot });
  return { code, said: stdout + stderr };
};

const withGo = codegenBinary() === undefined ? describe.skip : describe;

withGo("the generated SDKs", () => {
  it("are what schema.json says", async () => {
    expect(await run("tsx", ["scripts/sdks.ts", "--check"])).toEqual({ code: 0, said: "" });
  });

  it("change in every language with what it says", async () => {
    const schema = await readSchema();
    schema.resources["glance:index:ImageMember"].description = "Something else.";
    const file = join(folder, "schema.json");
    await writeFile(file, JSON.stringify(schema));
    expect(differences(await generateSdks(file), await generateSdks(schemaFile))).toEqual([
      "dotnet/ImageMember.cs",
      "go/glance/imageMember.go",
      "nodejs-native/imageMember.ts",
      "python/pulumi_glance/image_member.py",
    ]);
  });

  it("show each language its own examples only", () => {
    const raw = [...committedSdks()].filter(([, text]) => text.includes("{{%"));
    expect(raw.map(([path]) => path)).toEqual([]);
  });

  it("name no place of the machine that wrote them", async () => {
    const naming = [...committedSdks()].filter(([, text]) => text.includes(repositoryRoot) || text.includes(tmpdir()));
    expect(naming.map(([path]) => path)).toEqual([]);
  });
});

withGo("the Go SDK", () => {
  it("compiles", async () => {
    const env = { ...process.env, GOMODCACHE: goModules() };
    const cwd = join(repositoryRoot, "sdk", "go");
    const { code, stdout, stderr } = await execute("go", ["build", "./..."], { cwd, env, timeout: 600 });
    expect({ code, said: stdout + stderr }).toMatchObject({ code: 0 });
  }, 610_000);
});

describe("the Node SDK of the plugin", () => {
  it("is well typed", async () => {
    expect(await run("tsc", ["-p", "sdk/nodejs-native", "--noEmit"])).toEqual({ code: 0, said: "" });
  });

  const check = async (image: string) => {
    const file = join(folder, "program.ts");
    const sdk = JSON.stringify(join(repositoryRoot, "sdk", "nodejs-native"));
    await writeFile(file, `import { Image } from ${sdk};\nexport const { id } = new Image("small", ${image});\n`);
    return run("tsc", ["--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", "--module", "nodenext", file]);
  };

  it("takes a program with an image", async () => {
    expect(await check('{ name: "small", tags: ["a"], minDisk: 1 }')).toEqual({ code: 0, said: "" });
  });

  it("refuses one with an input of another type", async () => {
    const { code, said } = await check('{ name: "small", minDisk: "one" }');
    expect(code).not.toBe(0);
    expect(said).toContain("'string' is not assignable to type 'Input<number");
  });
});

describe("the language hosts", () => {
  /** The outputs of a program that consists of `files`. */
  const outputsOf = async (files: Record<string, string>, env: Record<string, string> = {}) => {
    const stack = await TestStack.create({ files, env });
    try {
      expect(await stack.up()).toMatchObject({ code: 0 });
      return await stack.outputs();
    } finally {
      await stack.remove();
    }
  };

  it("run a YAML program", async () => {
    const program = "name: trial\nruntime: yaml\noutputs:\n  sizes:\n    fn::toJSON: [1, 20]\n";
    expect(await outputsOf({ "Pulumi.yaml": program })).toEqual({ sizes: "[1,20]" });
  });

  it("run a Python program with everything of the schema in its SDK", async () => {
    const files = {
      "Pulumi.yaml": "name: trial\nruntime: python\n",
      "__main__.py": "import pulumi\nimport pulumi_glance\npulumi.export('names', dir(pulumi_glance))\n",
    };
    const { names } = await outputsOf(files, await installPythonSdk(folder));
    expect(names).toEqual(expect.arrayContaining(["Provider", ...(await pythonNames())]));
  });

  async function pythonNames(): Promise<string[]> {
    const { resources, functions } = await readSchema();
    const names = (tokens: object) => Object.keys(tokens).map((token) => token.slice("glance:index:".length));
    const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return [...names(resources), ...names(functions).map(snakeCase)];
  }
});
