import fc from "fast-check";
import { configFrom, missingKeys, readConfig } from "../../../provider/resources/config";
import { unknown } from "../../../provider/resources/unknown";
import { folderWith } from "../keystone/clouds";

describe("reading", () => {
  test.each<[Record<string, unknown>, object]>([
    [
      { insecure: true, requestTimeout: 60 },
      { insecure: true, requestTimeout: 60 },
    ],
    [
      { insecure: "true", requestTimeout: "60" },
      { insecure: true, requestTimeout: 60 },
    ],
    [
      { insecure: "no", preflight: "off" },
      { insecure: false, preflight: false },
    ],
    [{ insecure: "maybe", requestTimeout: "soon" }, {}],
    [
      { api: '"compute"', format: "xml" },
      { api: "compute", format: "xml" },
    ],
    [
      { password: '"quoted"', token: "true", userName: "60" },
      { password: '"quoted"', token: "true", userName: "60" },
    ],
    [{ region: "", cloud: null, authUrl: unknown }, {}],
    [{ version: "1.2.3", pluginDownloadURL: "x", __internal: {}, colour: "red" }, {}],
  ])("%j", (values, config) => {
    expect(configFrom(values)).toEqual(config);
  });

  test("a word that names no API is left to those who know the APIs", () => {
    expect(configFrom({ api: "v9" })).toEqual({ api: "v9" });
  });

  test("one key at a time is read as all at once", () => {
    const values = fc.dictionary(fc.constantFrom("cloud", "insecure", "requestTimeout", "api", "other"), fc.string());
    fc.assert(
      fc.property(values, (texts) => {
        expect(readConfig((key) => texts[key])).toEqual(configFrom(texts));
      }),
    );
  });
});

describe("missing keys", () => {
  const missing = (config: Record<string, unknown>, env: Record<string, string> = {}, clouds?: string) => {
    const folder = folderWith(clouds === undefined ? {} : { "clouds.yaml": clouds });
    const environment = { env: { XDG_CONFIG_DIRS: folder, ...env }, directory: folder, homeDirectory: folder };
    return missingKeys(configFrom(config), environment).map(({ name }) => name);
  };

  test.each<[string, Record<string, unknown>]>([
    ["nothing at all", {}],
    ["only credentials", { userName: "u", password: "p" }],
    ["only how to speak", { region: "R", api: "v2", insecure: true }],
  ])("%s: where the cloud is, as `pulumi config set` takes it", (_name, config) => {
    expect(missing(config)).toEqual(["glance:authUrl"]);
  });

  test("an empty clouds.yaml says nothing", () => {
    expect(missing({}, {}, "clouds: {}")).toEqual(["glance:authUrl"]);
  });

  test.each<[string, Record<string, unknown>, Record<string, string>, string | undefined]>([
    ["a cloud that works", { authUrl: "http://k", userName: "u", password: "p" }, {}, undefined],
    ["an auth URL without credentials", { authUrl: "http://k" }, {}, undefined],
    ["an entry that does not exist", { cloud: "nope" }, {}, undefined],
    ["OS_CLOUD", {}, { OS_CLOUD: "nope" }, undefined],
    ["OS_AUTH_URL", {}, { OS_AUTH_URL: "http://k" }, undefined],
    ["several entries, of which resources may choose", {}, {}, "clouds: {a: {}, b: {}}"],
    ["a clouds.yaml that is damaged", {}, {}, "clouds: {a"],
    ["a clouds.yaml of another shape", {}, {}, "- a"],
  ])("%s: none", (_name, config, env, clouds) => {
    expect(missing(config, env, clouds)).toEqual([]);
  });
});
