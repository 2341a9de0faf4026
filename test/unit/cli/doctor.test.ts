import { FakeCloud } from "../keystone/fakeCloud";
import { Client, localServer, passwordAuth, rawFormats, requestToken } from "../local/client";
import { environmentOf, runHere } from "./run";

const server = localServer();
const run = (args: readonly string[] = [], env: Record<string, string> = environmentOf(server.current)) =>
  runHere(["doctor", ...args], env);

/** What is told about a topic, with its level. */
const told = (stdout: string, topic: string) =>
  stdout
    .split("\n")
    .map((line) => /^(\w+) +(\w+) +(.*)$/.exec(line) ?? [])
    .filter(([, , about]) => about === topic)
    .map(([, level, , text]) => `${level}: ${text}`);

test("a cloud in order is told fact by fact", async () => {
  const { code, stdout, stderr } = await run();
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(told(stdout, "cloud")).toEqual([
    "ok: settings come from the OS_* variables",
    `ok: authentication type password, Keystone at ${server.current.authUrl}, region RegionOne, public endpoints`,
  ]);
  expect(told(stdout, "keystone")).toEqual([expect.stringMatching(/^ok: accepts the user demo \([0-9a-f]{32}\)$/)]);
  expect(told(stdout, "project")).toEqual([expect.stringMatching(/^ok: demo \([0-9a-f]{32}\)$/)]);
  expect(told(stdout, "roles")).toEqual(["ok: member, reader"]);
  expect(told(stdout, "token")).toEqual(["ok: ends in 60 min; another one is asked for before"]);
  expect(told(stdout, "clock")).toEqual([expect.stringMatching(/^ok: differs from Keystone's by \d+ s$/)]);
  expect(told(stdout, "endpoint")).toEqual([`ok: the image service is at ${server.current.imageUrl}`]);
  expect(told(stdout, "api")).toEqual(["ok: the Image API v2 is spoken (api: v2)"]);
  expect(told(stdout, "versions")).toEqual([expect.stringMatching(/^ok: .*v2\.17.*v2\.0/)]);
  expect(told(stdout, "stores")).toEqual(["ok: fast (default), cheap"]);
  expect(told(stdout, "import")).toEqual(["ok: glance-direct, web-download, copy-image, glance-download"]);
  expect(told(stdout, "leftovers")).toEqual(["ok: no create was interrupted"]);
  expect(told(stdout, "limits")).toEqual([]);
  expect(stdout).toMatch(/\n0 problems, 0 warnings\.\n$/);
});

test.each([
  [
    ["v1"],
    "the Image API v1",
    [
      "does not carry hidden, tags, stores, allStores, allStoresMustSucceed, deactivated",
      "the visibility shared or community",
    ],
  ],
  [
    ["platform9"],
    "Platform9's Image API v1",
    ["does not carry hidden, tags, stores, allStores, allStoresMustSucceed, deactivated", "the visibility shared"],
  ],
  [["compute"], "the Compute API", ["creates and changes no images; the Image API v2 (api: v2)"]],
  [["compute", "--format", "xml"], "the Compute API", ["creates and changes no images"]],
  [["alliance"], "the Alliance Glance API", ["does not carry visibility, protected"]],
])("through %j it says what does not work", async (api, title, lacks) => {
  const { code, stdout, stderr } = await run(["--api", ...api]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(told(stdout, "api")).toEqual([`ok: ${title} is spoken (api: ${api[0]})`]);
  expect(told(stdout, "images")).toEqual([expect.stringMatching(/^ok: can be listed/)]);
  const limits = told(stdout, "limits");
  expect(limits).toEqual(limits.map(() => expect.stringContaining(`warning: ${title} `)));
  const expected = [...lacks, "has no metadata definitions: MetadefNamespace fails"];
  expect(limits).toEqual(expected.map((text) => expect.stringContaining(text)));
});

test("someone who is only a reader is told that nothing can be created", async () => {
  const env = { ...environmentOf(server.current, "reader"), OS_PROJECT_NAME: "demo" };
  const { code, stdout } = await run([], env);
  expect(code).toBe(0);
  expect(told(stdout, "roles")).toEqual([expect.stringMatching(/^warning: reader only: .*not created.*role member/)]);
});

test("a given token is told to end", async () => {
  const { headers } = await requestToken(server.current, passwordAuth("demo", "demo", "demo"));
  const { OS_USERNAME: _user, OS_PASSWORD: _password, ...rest } = environmentOf(server.current);
  const token = headers.get("x-subject-token") ?? "";
  const { code, stdout } = await run([], { ...rest, OS_AUTH_TYPE: "token", OS_TOKEN: token });
  expect(code).toBe(0);
  expect(told(stdout, "token")).toEqual([expect.stringMatching(/^warning: ends in \d+ min and cannot be renewed/)]);
  expect(stdout).not.toContain(token);
});

test("what is set but may hurt is warned of", async () => {
  const { OS_PROJECT_NAME: _project, OS_PROJECT_DOMAIN_NAME: _domain, ...unscoped } = environmentOf(server.current);
  const { code, stdout } = await run([], { ...unscoped, OS_INSECURE: "true" });
  expect(code).toBe(1);
  expect(told(stdout, "tls")).toEqual([expect.stringMatching(/^warning: the certificates .* are not checked/)]);
  expect(told(stdout, "project")).toEqual([expect.stringMatching(/^warning: the token is scoped to none/)]);
  expect(told(stdout, "roles")).toEqual([expect.stringMatching(/^warning: there are none/)]);
  expect(told(stdout, "endpoint")).toEqual([expect.stringMatching(/^problem: .*OS_PROJECT_NAME/)]);
});

test.each([
  [3600, "behind"],
  [-3600, "ahead of"],
])("a clock that is wrong by %i s is warned of", async (seconds, side) => {
  const fake = await FakeCloud.start();
  const headers = { date: new Date(Date.now() + seconds * 1000).toUTCString() };
  fake.onTokenRequest = () => ({ ...fake.issue("t"), headers: { "x-subject-token": "t", ...headers } });
  const { stdout } = await run(["--api", "v2"], {
    ...environmentOf(server.current),
    OS_AUTH_URL: `${fake.url}/v3`,
    OS_REGION_NAME: "R1",
  });
  await fake.close();
  expect(told(stdout, "clock")).toEqual([
    expect.stringContaining(`warning: this machine's is 60 min ${side} Keystone's`),
  ]);
});

test("without Keystone the endpoint serves alone", async () => {
  const { imageUrl, url } = server.current;
  const env = { OS_AUTH_TYPE: "none", OS_ENDPOINT: imageUrl, GLANCE_ALLIANCE_URL: `${url}/alliance` };
  const { code, stdout } = await run(["--api", "v2"], env);
  expect(told(stdout, "keystone")).toEqual(["ok: is not asked: the authentication type does not need it"]);
  expect(told(stdout, "images")).toEqual([expect.stringMatching(/^problem: .*Set the credentials and the auth URL/)]);
  expect(code).toBe(1);
});

test("images of creates that are not finished are named, and what becomes of them", async () => {
  const client = await Client.logIn(server.current);
  const make = async (properties: Record<string, unknown> = {}) =>
    (await client.create({ ...rawFormats, name: "left", pulumi_glance_state: "creating", ...properties })).id;
  const ids = [await make(), await make({ os_hidden: true })];
  const snapshot = await make({ image_type: "snapshot", base_image_ref: ids[0] });
  const { code, stdout } = await run();
  for (const id of [...ids, snapshot]) await client.send("DELETE", `/images/${id}`);
  expect(code).toBe(0);
  const [found, ...more] = told(stdout, "leftovers");
  expect(more).toEqual([]);
  expect(found).toContain(`warning: 2 being created, or left over from an interrupted create: ${ids.join(", ")}. `);
  expect(found).toMatch(/next pulumi up.*next create of its resource.*openstack image delete ID/);
  expect(stdout).toMatch(/\n0 problems, 1 warning\.\n$/);
});

describe("several whole images of one resource", () => {
  let client: Client;
  const made: string[] = [];
  const make = async (properties: Record<string, unknown> = {}) => {
    const { id } = await client.create({ ...rawFormats, name: "twin", pulumi_glance_urn: "same", ...properties });
    made.push(id);
    return id;
  };
  beforeEach(async () => {
    client = await Client.logIn(server.current);
  });
  afterEach(async () => {
    for (const id of made.splice(0)) await client.send("DELETE", `/images/${id}`);
  });
  const twins = async () => told((await run()).stdout, "leftovers").slice(1);

  test.each([
    ["are told", {}],
    ["are told where all are hidden", { os_hidden: true }],
  ])("%s", async (_name, properties) => {
    const ids = [await make(properties), await make(properties)];
    const [told, ...more] = await twins();
    expect(more).toEqual([]);
    expect(told).toMatch(/^warning: one resource made several images: .*openstack image delete ID/);
    for (const id of ids) expect(told).toContain(id);
  });

  test("are none where all but one were hidden when they were replaced, or are snapshots of servers", async () => {
    await make();
    await make({ os_hidden: true });
    await make({ os_hidden: true });
    await make({ image_type: "snapshot", instance_uuid: "0a0a0a0a-1111-4222-8333-444444444444" });
    expect(await twins()).toEqual([]);
  });
});

describe("a problem has the exit code 1, and what does not depend on it is still told", () => {
  test("Keystone refuses the credentials", async () => {
    const { code, stdout, stderr } = await run(["--api", "v1"], {
      ...environmentOf(server.current),
      OS_PASSWORD: "a-wrong-secret",
    });
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(told(stdout, "keystone")).toEqual([
      expect.stringMatching(/^problem: Keystone at .* did not accept .*Check/),
    ]);
    expect(told(stdout, "endpoint")).toEqual([]);
    expect(told(stdout, "limits")).toHaveLength(3);
    expect(stdout).not.toContain("a-wrong-secret");
  });

  test("no cloud is configured", async () => {
    const { code, stdout } = await run([], {});
    expect(code).toBe(1);
    expect(stdout).toMatch(/^problem +cloud +No cloud is configured.*\n1 problem, 0 warnings\.\n$/);
  });

  test("the region has no image service", async () => {
    const { code, stdout } = await run(["--region", "Nowhere"]);
    expect(code).toBe(1);
    expect(told(stdout, "endpoint")).toEqual([
      expect.stringMatching(/^problem: The service catalog has no .*RegionOne/),
    ]);
  });

  test("an option of the API is missing", async () => {
    const { GLANCE_TARGET_NS: _missing, ...env } = environmentOf(server.current);
    const { code, stdout } = await run(["--api", "alliance"], env);
    expect(code).toBe(1);
    expect(told(stdout, "api")).toEqual([expect.stringMatching(/^problem: .*targetNs/)]);
    expect(told(stdout, "limits")).toHaveLength(2);
  });
});

describe("a service that has only the Image API v2", () => {
  const other = localServer({ dialects: ["v2"] });

  test("is told to speak no v1", async () => {
    const { code, stdout } = await run(["--api", "v1"], environmentOf(other.current));
    expect(code).toBe(1);
    expect(told(stdout, "images")).toEqual([expect.stringMatching(/^problem: /)]);
    expect(told(stdout, "limits")).toHaveLength(3);
  });
});
