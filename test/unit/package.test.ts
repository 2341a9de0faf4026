import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const repository = resolve(__dirname, "../..");
const manifest = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));

describe("what users install", () => {
  const [packed] = JSON.parse(
    execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts", "--offline"], {
      cwd: repository,
      encoding: "utf8",
      timeout: 60_000,
    }),
  ) as { files: { path: string }[] }[];
  const paths = packed?.files.map(({ path }) => path) ?? [];

  test("is the compiled provider, the SDK, the schema and the documents", () => {
    expect(paths).toEqual(
      expect.arrayContaining([
        "dist/sdk/nodejs/index.js",
        "dist/sdk/nodejs/index.d.ts",
        "schema.json",
        "README.md",
        "LICENSE",
      ]),
    );
    const known = /^(dist\/(provider|sdk)\/|schema\.json$|package\.json$|README\.md$|CHANGELOG\.md$|LICENSE$)/;
    expect(paths.filter((path) => !known.test(path))).toEqual([]);
  });

  test("holds no test, no tool and no current Node of ours", () => {
    const names = Object.keys({
      ...manifest.dependencies,
      ...manifest.peerDependencies,
      ...manifest.optionalDependencies,
    });
    expect(names.sort()).toEqual([
      "@grpc/grpc-js",
      "@pulumi/pulumi",
      "fast-xml-parser",
      "fastify",
      "google-protobuf",
      "undici",
      "xz-decompress",
      "yaml",
      "zod",
    ]);
    expect(paths.filter((path) => /(^|\/)(test|scripts|bench|node_modules)\//.test(path))).toEqual([]);
  });

  test("every entry point of package.json exists", () => {
    const entries = [
      manifest.types,
      ...Object.values(manifest.bin),
      ...Object.values(manifest.exports).flatMap((entry) =>
        typeof entry === "string" ? entry : Object.values(entry as object),
      ),
    ];
    expect(entries.filter((entry) => !existsSync(join(repository, String(entry))))).toEqual([]);
  });
});

test("the lock file records no download addresses", () => {
  expect(readFileSync(join(repository, "package-lock.json"), "utf8")).not.toMatch(/"resolved": "https?:/);
});
