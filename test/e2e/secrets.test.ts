import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeClouds } from "../tools/clouds/current";
import { environmentOf } from "../tools/clouds/environment";
import { TestStack } from "../tools/pulumi";
import { succeeded } from "./catalog";

const program = `
const pulumi = require("@pulumi/pulumi");
const { Image, getImages } = require("pulumi-glance");
const image = new Image("image", { properties: { pin: pulumi.secret("pl4in-pin"), open: "sesame" } });
exports.id = image.id;
exports.found = image.id.apply(async (id) => (await getImages({ ids: [id] })).ids.length);
`;

jest.setTimeout(180_000);

describeClouds("secrets", (cloud) => {
  let stack: TestStack;
  let backend: string;

  beforeAll(async () => {
    backend = await mkdtemp(join(tmpdir(), "secrets-"));
    const { OS_PASSWORD: _inConfig, ...env } = environmentOf(cloud, cloud.demo);
    stack = await TestStack.create({ program, env: { ...env, PULUMI_BACKEND_URL: `file://${backend}` } });
    await stack.setConfig("glance:password", cloud.demo.password, { secret: true });
    // A password as short as "demo" is found in many an innocent word: count on its JSON form in the state.
    succeeded(await stack.up());
  }, 120_000);

  afterAll(async () => {
    succeeded(await stack.destroy());
    await stack.remove();
    await rm(backend, { recursive: true });
  }, 120_000);

  async function stored(): Promise<string> {
    const files = await readdir(backend, { recursive: true, withFileTypes: true });
    const texts = files
      .filter((file) => file.isFile())
      .map((file) => readFile(join(file.parentPath, file.name), "utf8"));
    return (await Promise.all(texts)).join("\n");
  }

  test("credentials from the configuration reach the provider and the program", async () => {
    expect(await stack.outputs()).toMatchObject({ found: 1 });
  });

  test("neither the password nor a secret property is stored in clear", async () => {
    const text = await stored();
    expect(text).toContain("sesame");
    expect(text).not.toContain("pl4in-pin");
    expect(text).not.toMatch(new RegExp(`"${cloud.demo.password}"`));
  });
});
