import fc from "fast-check";
import { diffConfig } from "../../../provider/resources/config";
import { unknown } from "../../../provider/resources/unknown";
import { folderWith } from "../keystone/clouds";

type Values = Record<string, unknown>;

const entry = (url: string, more = "") =>
  `{auth: {auth_url: "${url}", username: u, password: p, project_name: demo}${more && `, ${more}`}}`;
const folder = folderWith({
  "clouds.yaml": `clouds: {
    lab: ${entry("http://lab:5000/v3")},
    renamed: ${entry("http://LAB:5000/")},
    other: ${entry("http://other:5000/v3")},
    north: ${entry("http://lab:5000", "region_name: North")},
    south: ${entry("http://lab:5000", "image_region_name: South")},
  }`,
});

function diff(olds: Values, news: Values, env: Record<string, string> = {}) {
  const environment = { env: { XDG_CONFIG_DIRS: folder, ...env }, directory: folder, homeDirectory: folder };
  return diffConfig(olds, news, environment);
}

const mine = { authUrl: "http://k:5000/v3", userName: "u", password: "p", projectName: "demo", region: "R" };

describe("asks for another provider", () => {
  test.each<[string, Values, Values, string[]]>([
    ["another auth URL", mine, { ...mine, authUrl: "http://k2:5000/v3" }, ["authUrl"]],
    ["another region", mine, { ...mine, region: "S" }, ["region"]],
    ["another project", mine, { ...mine, projectName: "prod" }, ["projectName"]],
    ["another project's id", { ...mine, projectId: "1" }, { ...mine, projectId: "2" }, ["projectId"]],
    [
      "a project of the same name in another domain",
      { ...mine, projectDomainName: "a" },
      { ...mine, projectDomainName: "b" },
      ["projectDomainName"],
    ],
    ["an entry for another cloud", { cloud: "lab" }, { cloud: "other" }, ["cloud"]],
    ["an entry for another region", { cloud: "north" }, { cloud: "south" }, ["cloud"]],
    ["another region of one entry", { cloud: "lab", region: "R" }, { cloud: "lab", region: "S" }, ["region"]],
  ])("%s", (_name, olds, news, replaces) => {
    expect(diff(olds, news)).toEqual({ changes: replaces, replaces });
  });

  test("only for what differs", () => {
    const news = { ...mine, region: "S", password: "q", authUrl: "http://k:5000/" };
    expect(diff(mine, news)).toEqual({ changes: ["authUrl", "password", "region"], replaces: ["region"] });
  });

  test("for another image service where nobody asks Keystone", () => {
    const olds = { authType: "none", endpointOverride: "http://g:9292" };
    expect(diff(olds, { ...olds, endpointOverride: "http://g2:9292" }).replaces).toEqual(["endpointOverride"]);
    expect(diff(olds, { ...olds, endpointOverride: "http://g:9292/" }).replaces).toEqual([]);
    expect(
      diff({ ...mine, endpointOverride: "http://g" }, { ...mine, endpointOverride: "http://g2" }).replaces,
    ).toEqual([]);
  });

  test("with credentials that only the environment has", () => {
    const olds = { authUrl: "http://k", region: "R" };
    const env = { OS_USERNAME: "u", OS_PASSWORD: "p" };
    expect(diff(olds, { ...olds, region: "S" }, env).replaces).toEqual(["region"]);
  });
});

describe("keeps the provider", () => {
  test.each<[string, Values, Values]>([
    ["an auth URL without /v3", mine, { ...mine, authUrl: "http://k:5000" }],
    ["an auth URL with a slash", mine, { ...mine, authUrl: "http://k:5000/v3/" }],
    ["TLS turned on", mine, { ...mine, authUrl: "https://k:5000/v3" }],
    ["a renamed entry", { cloud: "lab" }, { cloud: "renamed" }],
    ["an entry renamed in the file too", { cloud: "gone" }, { cloud: "other" }],
    ["an entry instead of its own words", mine, { cloud: "other" }],
    ["a region added", { cloud: "lab" }, { cloud: "lab", region: "S" }],
    ["a region taken away", mine, { ...mine, region: undefined }],
    ["a project's id instead of its name", mine, { ...mine, projectName: undefined, projectId: "2" }],
    ["a project's name beside its id", { ...mine, projectId: "1" }, { ...mine, projectId: "1", projectName: "x" }],
    ["other credentials", mine, { ...mine, userName: "v", password: "q", userDomainName: "d" }],
    ["other settings", mine, { ...mine, insecure: true, requestTimeout: 5, endpointType: "admin", api: "v2" }],
    ["an old side that is incomplete", { ...mine, password: "" }, { ...mine, region: "S" }],
    ["a new side that is incomplete", mine, { ...mine, region: "S", password: "" }],
    ["an unknown auth URL", mine, { ...mine, authUrl: unknown }],
    ["an unknown password", mine, { ...mine, region: "S", password: unknown }],
    [
      "a project that an application credential ignores",
      { ...mine, applicationCredentialId: "i", applicationCredentialSecret: "s" },
      { ...mine, applicationCredentialId: "i", applicationCredentialSecret: "s", projectName: "x" },
    ],
    [
      "an auth URL that nobody asks",
      { authType: "none", endpointOverride: "http://g", authUrl: "http://k" },
      { authType: "none", endpointOverride: "http://g", authUrl: "http://k2" },
    ],
    ["the configuration of a whole stack", { "glance:cloud": "lab", "aws:region": "x", region: "R" }, mine],
    ["the configuration of no provider", { version: "3.270.0" }, { cloud: "other", version: "1.0.0" }],
  ])("%s", (_name, olds, news) => {
    const { changes, replaces } = diff(olds, news);
    expect(replaces).toEqual([]);
    expect(changes).not.toEqual([]);
  });

  test("an unknown entry is not taken for the one that the environment names", () => {
    const env = { OS_CLOUD: "other" };
    expect(diff({ cloud: "lab" }, { cloud: unknown }, env)).toEqual({ changes: ["cloud"], replaces: [] });
  });

  test("an old configuration that says nothing is not taken for what the environment says", () => {
    expect(diff({}, { cloud: "other" }, { OS_CLOUD: "lab" })).toEqual({ changes: ["cloud"], replaces: [] });
  });
});

test("the same value in other words is no change", () => {
  const olds = { insecure: true, requestTimeout: 60, api: "v2", region: "", version: "1.0.0" };
  const news = { insecure: "true", requestTimeout: "60", api: '"v2"', version: "1.1.0" };
  expect(diff(olds, news)).toEqual({ changes: [], replaces: [] });
});

describe("for every configuration", () => {
  const keys = ["cloud", "authUrl", "region", "projectName", "projectId", "password", "authType", "api", "insecure"];
  const value = fc.oneof(
    fc.constantFrom("lab", "other", "http://k", "http://k2/v3", "v2", "none", "true", ""),
    fc.string(),
    fc.jsonValue(),
  );
  const ours = fc.dictionary(fc.constantFrom(...keys), value);

  test("nothing differs from itself", () => {
    fc.assert(fc.property(ours, (values) => expect(diff(values, values)).toEqual({ changes: [], replaces: [] })));
  });

  test("what replaces has changed, and is said on both sides", () => {
    const base = { userName: "u", password: "p" };
    fc.assert(
      fc.property(ours, ours, (one, other) => {
        const olds: Values = { ...base, ...one };
        const news: Values = { ...base, ...other };
        const { changes, replaces } = diff(olds, news);
        const saidTwice = changes.filter((key) => key in olds && key in news);
        expect(saidTwice).toEqual(expect.arrayContaining(replaces));
      }),
    );
  });

  test("that of another provider replaces nothing", () => {
    const foreign = fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string()), fc.jsonValue());
    fc.assert(
      fc.property(foreign, (values) => {
        const olds = { ...mine, ...values, "project:key": "x" };
        expect(diff(olds, { ...mine, region: "S" }).replaces).toEqual([]);
      }),
    );
  });
});
