import { User } from "../../contract/user";
import { describeClouds } from "../../tools/clouds/current";
import type { Credentials } from "../../tools/clouds/types";
import { TestStack } from "../../tools/pulumi";
import { said, stepsOf, succeeded } from "../catalog";
import { yamlProgram } from "../doors";
import { explicitProvider } from "./explicitProvider";

jest.setTimeout(180_000);

type Provider = Record<string, unknown>;

describeClouds("the configuration of the plugin", (cloud) => {
  const users = { demo: new User(cloud, cloud.demo, () => {}), alt: new User(cloud, cloud.alt, () => {}) };
  let stack: TestStack;

  const providerOf = (credentials: Credentials): Provider => explicitProvider(cloud, credentials);

  /** An image in the cloud of each explicit provider, and one in that of the configuration. */
  const program = (providers: Record<string, Provider>, withDefault = false) => {
    const entries = Object.entries(providers).flatMap(([name, properties]) => [
      [`${name}Provider`, { type: "pulumi:providers:glance", properties }],
      [name, { type: "glance:Image", properties: { minDisk: 1 }, options: { provider: `\${${name}Provider}` } }],
    ]);
    const own = withDefault ? { own: { type: "glance:Image", properties: { minDisk: 1 } } } : {};
    const ids = [...Object.keys(providers), ...Object.keys(own)].map((name) => [name, `\${${name}.id}`]);
    return yamlProgram({ resources: { ...Object.fromEntries(entries), ...own }, outputs: Object.fromEntries(ids) });
  };

  const declare = (...args: Parameters<typeof program>) => stack.write("Pulumi.yaml", program(...args));
  const idOf = async (name: string) => ((await stack.outputs()) as Record<string, string>)[name] ?? "none";
  const statusFor = async (user: User, id: string) => (await user.show(id)).status;

  beforeAll(async () => {
    stack = await TestStack.create({ files: { "Pulumi.yaml": program({}) } });
  }, 60_000);

  afterAll(async () => {
    succeeded(await stack.destroy());
    await stack.remove();
  }, 120_000);

  test("a missing one says what to set, and with which command", async () => {
    await declare({}, true);
    const text = said(await stack.preview());
    expect(text).toMatch(/missing required configuration key "glance:authUrl".*pulumi config set glance:authUrl/s);
  });

  test("a misspelt key fails in the preview, and names the right one", async () => {
    await stack.setConfig("glance:user_name", "demo");
    expect(said(await stack.preview())).toMatch(/user_name.*did you mean userName\?/s);
    await stack.run(["config", "rm", "glance:user_name"]);
  });

  test("two explicit providers work in two projects", async () => {
    await declare({ one: providerOf(cloud.demo), two: providerOf(cloud.alt) });
    succeeded(await stack.up());
    const [one, two] = [await idOf("one"), await idOf("two")];
    expect([await statusFor(users.demo, one), await statusFor(users.alt, two)]).toEqual([200, 200]);
    expect([await statusFor(users.demo, two), await statusFor(users.alt, one)]).toEqual([404, 404]);
  });

  test("flags and numbers are understood; neither they nor another name of a place replace anything", async () => {
    const one = await idOf("one");
    const more = { insecure: true, requestTimeout: 30, preflight: false, endpointType: "public" };
    const sameUrl = `${cloud.authUrl.replace(/\/$/, "")}/`;
    await declare({ one: { ...providerOf(cloud.demo), ...more, authUrl: sameUrl }, two: providerOf(cloud.alt) });
    const result = succeeded(await stack.up());
    expect(stepsOf(result)).toEqual({});
    expect(await idOf("one")).toBe(one);
  });

  test("a wrong password replaces nothing, and says whose it is", async () => {
    const one = await idOf("one");
    const provider = { ...providerOf(cloud.demo), password: { "fn::secret": "wr0ng-password" } };
    await declare({ one: provider, two: providerOf(cloud.alt) });
    const result = await stack.preview();
    expect(result.steps.filter(({ op }) => /replace/.test(op))).toEqual([]);
    expect(await statusFor(users.demo, one)).toBe(200);
  });

  test("another project replaces what is in it", async () => {
    const one = await idOf("one");
    await declare({ one: providerOf(cloud.alt), two: providerOf(cloud.alt) });
    succeeded(await stack.up());
    const after = await idOf("one");
    expect(after).not.toBe(one);
    expect([await statusFor(users.demo, one), await statusFor(users.alt, after)]).toEqual([404, 200]);
  });

  test.each([
    ["Keystone", { authUrl: "http://127.0.0.1:9/v3" }],
    ["region", { region: "Atlantis" }],
  ])("another %s would replace what is there", async (_title, other) => {
    const two = await idOf("two");
    await declare({ one: providerOf(cloud.alt), two: { ...providerOf(cloud.alt), ...other } });
    const { steps } = await stack.preview();
    const replaced = steps.filter(({ op }) => op === "replace").map(({ name }) => name);
    expect(replaced).toEqual(expect.arrayContaining(["two", "twoProvider"]));
    expect(replaced).not.toContain("one");
    expect(await statusFor(users.alt, two)).toBe(200);
  });

  test("the stack's own configuration is for everything without a provider", async () => {
    const keys = {
      authUrl: cloud.authUrl,
      userName: cloud.demo.username,
      projectName: cloud.demo.projectName,
      userDomainName: "Default",
      projectDomainName: "Default",
      region: cloud.region,
      insecure: "true",
      requestTimeout: "45",
    };
    for (const [key, value] of Object.entries(keys)) await stack.setConfig(`glance:${key}`, value);
    await stack.setConfig("glance:password", cloud.demo.password, { secret: true });
    await declare({ two: providerOf(cloud.alt) }, true);
    succeeded(await stack.up());
    expect(await statusFor(users.demo, await idOf("own"))).toBe(200);
    expect(Object.keys(succeeded(await stack.up()).summary)).toEqual(["same"]);
  });
});
