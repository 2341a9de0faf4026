import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../scripts/tools";
import { forbiddenImports, importCycle, importGraph, type Sources } from "./importGraph";

const paths = globSync(["provider/**/*.ts", "sdk/nodejs/**/*.ts"], { cwd: repositoryRoot });
const sources: Sources = new Map(paths.map((path) => [path, readFileSync(join(repositoryRoot, path), "utf8")]));
const graph = importGraph(sources);

describe("this repository", () => {
  it("has sources that import each other", () => {
    expect(graph.get("sdk/nodejs/getImage.ts")).toContain("provider/resources/getImages/invoke.ts");
    expect(graph.get("provider/resources/getImages/types.ts")).toContain("provider/glance/image.ts");
  });

  it("imports downwards only", () => {
    expect(forbiddenImports(graph)).toEqual([]);
  });

  it("imports in no circle", () => {
    expect(importCycle(graph)).toBeUndefined();
  });

  it("has files of at most 300 lines", () => {
    const lines = (text: string) => text.trimEnd().split("\n").length;
    expect([...sources].filter(([, text]) => lines(text) > 300).map(([path]) => path)).toEqual([]);
  });
});

const files = (texts: Record<string, string>) => importGraph(new Map(Object.entries(texts)));

describe("the rules of imports", () => {
  const everything = {
    "sdk/nodejs/index.ts": "",
    "provider/main.ts": "",
    "provider/cli/doctor.ts": "",
    "provider/pulumi/server.ts": "",
    "provider/resources/registry.ts": "",
    "provider/image/wait.ts": "",
    "provider/glance/api.ts": "",
    "provider/keystone/session.ts": "",
    "provider/http/client.ts": "",
    "provider/local/index.ts": "",
    "provider/schema/index.ts": "",
  };

  test.each([
    ["provider/http/client.ts", 'import "../keystone/session";'],
    ["provider/keystone/session.ts", 'import type { ImageApi } from "../glance/api";'],
    ["provider/glance/api.ts", 'export * from "../image/wait";'],
    ["provider/image/wait.ts", 'const late = () => import("../resources/registry");'],
    ["provider/resources/registry.ts", 'const server = require("../pulumi/server");'],
    ["provider/pulumi/server.ts", 'import "../main";'],
    ["provider/main.ts", 'import "../sdk/nodejs";'],
    ["provider/main.ts", 'import "./local";'],
    ["provider/resources/registry.ts", 'import "../schema";'],
    ["sdk/nodejs/index.ts", 'import "../../provider/local";'],
    ["provider/local/index.ts", 'import "../http/client";'],
    ["provider/schema/index.ts", 'import type { Registry } from "../resources/registry";'],
    ["provider/schema/index.ts", 'import "../local";'],
  ])("%s must not say %s", (file, text) => {
    expect(forbiddenImports(files({ ...everything, [file]: text }))).toEqual([
      expect.stringMatching(`^${file} imports `),
    ]);
  });

  test.each([
    ["sdk/nodejs/index.ts", 'import "../../provider/http/client";'],
    ["provider/main.ts", 'import "./pulumi/server";'],
    ["provider/cli/doctor.ts", 'import "../local"; import "../schema";'],
    ["provider/glance/api.ts", 'import "node:fs"; import "undici"; // import "../image/wait"'],
  ])("%s may say %s", (file, text) => {
    expect(forbiddenImports(files({ ...everything, [file]: text }))).toEqual([]);
  });

  it("gives every file a place", () => {
    expect(forbiddenImports(files({ "provider/utils/misc.ts": "" }))).toEqual([
      "provider/utils/misc.ts is in no layer",
    ]);
  });
});

it("finds a circle over several files and folders", () => {
  const circle = files({
    "a/start.ts": 'import "./one";',
    "a/one.ts": 'import "../b";',
    "b/index.ts": 'import type { Two } from "./two";',
    "b/two.ts": 'import { one } from "../a/one";',
  });
  expect(importCycle(circle)).toEqual(["a/one.ts", "b/index.ts", "b/two.ts", "a/one.ts"]);
});

it("finds none where files merely share an import", () => {
  const diamond = {
    "a.ts": 'import "./b"; import "./c";',
    "b.ts": 'import "./d";',
    "c.ts": 'import "./d";',
    "d.ts": "",
  };
  expect(importCycle(files(diamond))).toBeUndefined();
});
