import fc from "fast-check";
import { checkConfig, configFrom } from "../../../provider/resources/config";
import { unknown } from "../../../provider/resources/unknown";
import { folderWith } from "../keystone/clouds";

const failuresOf = (news: Record<string, unknown>) => checkConfig(news).failures;

test.each<[string, Record<string, unknown>, string, RegExp]>([
  ["an auth URL without a scheme", { authUrl: "cloud.example:5000" }, "authUrl", /no http or https URL/],
  ["an unknown kind of authentication", { authType: "v3kerberos" }, "authType", /v3kerberos.*not supported.*password/],
  ["an interface that does not exist", { endpointType: "private" }, "endpointType", /not public, internal or admin/],
  ["an endpoint with a password", { endpointOverride: "http://u:p@h" }, "endpointOverride", /token of Keystone/],
  ["a system scope beside all", { systemScope: "some" }, "systemScope", /must be all/],
  ["a flag that says neither", { insecure: "maybe" }, "insecure", /true or false/],
  ["a flag as a number", { preflight: 1 }, "preflight", /true or false/],
  ["a timeout of no time", { requestTimeout: "0" }, "requestTimeout", /at least 1/],
  ["a fraction of a second", { requestTimeout: 1.5 }, "requestTimeout", /whole number of seconds/],
  ["a timeout in words", { requestTimeout: "long" }, "requestTimeout", /whole number of seconds/],
  ["no transfer at a time", { maxConcurrentTransfers: 0 }, "maxConcurrentTransfers", /at least 1/],
  ["an API that does not exist", { api: "v3" }, "api", /one of auto, v2/],
  ["a format that does not exist", { format: "yaml" }, "format", /json or xml/],
  ["an id written as a number", { projectId: 12345 }, "projectId", /must be a string/],
  ["a list", { region: ["a"] }, "region", /must be a string/],
])("%s is a failure of its key", (_name, news, property, reason) => {
  expect(failuresOf(news)).toEqual([{ property, reason: expect.stringMatching(reason) }]);
});

test.each([
  ["username", "userName"],
  ["user_name", "userName"],
  ["OS_USERNAME", "userName"],
  ["auth_url", "authUrl"],
  ["tenantName", "projectName"],
  ["OS_TENANT_ID", "projectId"],
  ["region_name", "region"],
  ["cacert", "cacertFile"],
  ["cacert_file", "cacertFile"],
  ["interface", "endpointType"],
  ["passwrod", "password"],
  ["regin", "region"],
])("%s is told to be %s", (written, meant) => {
  expect(failuresOf({ [written]: "x" })).toEqual([
    { property: written, reason: expect.stringContaining(`did you mean ${meant}?`) },
  ]);
});

test("a key that resembles none is answered with those there are", () => {
  const [failure] = failuresOf({ colour: "red" });
  expect(failure?.reason).toMatch(/^is not a key of the configuration; the keys are cloud, authUrl/);
});

test.each(["constructor", "toString"])("%s is no key either, whatever objects inherit", (key) => {
  expect(failuresOf({ [key]: "x" })).toHaveLength(1);
});

test("what was written comes back as it was, with Pulumi's own keys, and all failures at once", () => {
  const news = { insecure: "maybe", version: "1.2.3", pluginDownloadURL: "github://x", pasword: "p", region: "" };
  const { inputs, failures } = checkConfig(news);
  expect(inputs).toEqual(news);
  expect(failures.map(({ property }) => property)).toEqual(["insecure", "pasword"]);
});

test("what is unknown, null or empty passes", () => {
  const news = { authUrl: unknown, insecure: unknown, api: "", requestTimeout: null, password: unknown };
  expect(checkConfig(news, { env: {} }).failures).toEqual([]);
});

test("no message repeats a secret", () => {
  const secrets = {
    password: ["s3cret"],
    token: 5,
    endpointOverride: "http://u:s3cret@h",
    authUrl: "ftp://u:s3cret@h",
  };
  const { failures } = checkConfig(secrets, { env: {} });
  expect(failures).toHaveLength(4);
  expect(JSON.stringify(failures)).not.toContain("s3cret");
});

test("every value passes as a value and as the text that an SDK makes of it, and means the same", () => {
  const config = fc.record(
    {
      password: fc.string(),
      insecure: fc.boolean(),
      preflight: fc.boolean(),
      requestTimeout: fc.integer({ min: 1, max: 86_400 }),
      maxConcurrentTransfers: fc.integer({ min: 1, max: 64 }),
      api: fc.constantFrom("auto", "v2", "v1", "compute"),
      format: fc.constantFrom("json", "xml"),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(config, (plain) => {
      const { password, ...others } = plain;
      // Only texts of the type string are sent as they are.
      const json = Object.entries(others).map(([key, value]) => [key, JSON.stringify(value)]);
      const sent = { ...Object.fromEntries(json), ...(password !== undefined && { password }) };
      expect([failuresOf(plain), failuresOf(sent)]).toEqual([[], []]);
      expect(configFrom(sent)).toEqual(configFrom(plain));
    }),
  );
});

describe("credentials that cannot work", () => {
  const folder = folderWith({});
  const judge = (news: Record<string, unknown>, env: Record<string, string> = {}) =>
    checkConfig(news, { env: { XDG_CONFIG_DIRS: folder, ...env }, directory: folder, homeDirectory: folder }).failures;
  const authUrl = "http://k/v3";

  test.each<[string, Record<string, unknown>, RegExp]>([
    ["a password without a user", { authUrl, password: "p" }, /^userName \(OS_USERNAME\) is missing/],
    ["a user without a password", { authUrl, userName: "u" }, /^password \(OS_PASSWORD\) is missing/],
    [
      "the id of an application credential without its secret",
      { authUrl, authType: "v3applicationcredential", applicationCredentialId: "i" },
      /^applicationCredentialSecret \(OS_APPLICATION_CREDENTIAL_SECRET\) is missing/,
    ],
    ["a token that has no place to go", { token: "t" }, /endpointOverride.*missing.*Or set authUrl/],
    ["two scopes", { authUrl, userName: "u", password: "p", projectId: "x", systemScope: "all" }, /Several scopes/],
  ])("%s", (_name, news, reason) => {
    expect(judge(news)).toEqual([{ property: "", reason: expect.stringMatching(reason) }]);
  });

  test("may be completed by the environment", () => {
    expect(judge({ authUrl, userName: "u" }, { OS_PASSWORD: "p" })).toEqual([]);
  });

  test("are not judged while an entry of clouds.yaml may complete them", () => {
    expect(judge({ authUrl, password: "p", cloud: "later" })).toEqual([]);
    expect(judge({ authUrl, password: "p" }, { OS_CLOUD: "later" })).toEqual([]);
  });

  test("are not judged while one of them is unknown", () => {
    expect(judge({ authUrl, userName: "u", password: unknown })).toEqual([]);
  });

  test("nothing of the environment comes back", () => {
    const env = { OS_USERNAME: "u", OS_PASSWORD: "p" };
    expect(checkConfig({ authUrl }, { env, directory: folder, homeDirectory: folder })).toEqual({
      inputs: { authUrl },
      failures: [],
    });
  });

  test("a configuration that says nothing passes", () => {
    expect(judge({})).toEqual([]);
  });
});
