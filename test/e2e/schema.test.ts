import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pulumiEnvironment, repositoryRoot } from "../../scripts/tools";
import { execute } from "../tools/execute";

const schema = join(repositoryRoot, "schema.json");

describe("pulumi schema check", () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "pulumi-glance-schema-"));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const check = async (file: string) => {
    const env = pulumiEnvironment({ backend: folder, home: folder });
    const { code, stdout, stderr } = await execute("pulumi", ["schema", "check", file], { env, timeout: 60 });
    return { code, said: stdout + stderr };
  };

  it("accepts schema.json without a warning", async () => {
    expect(await check(schema)).toEqual({ code: 0, said: "" });
  }, 90_000);

  it("refuses it once it refers to a type that is not there", async () => {
    const file = join(folder, "dangling.json");
    await writeFile(file, (await readFile(schema, "utf8")).replace("#/types/glance:index:Visibility", "$&Gone"));
    const { code, said } = await check(file);
    expect(code).not.toBe(0);
    expect(said).toContain("glance:index:VisibilityGone");
  }, 90_000);
});
