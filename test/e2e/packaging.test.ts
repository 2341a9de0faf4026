import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { list } from "tar";
import { repositoryRoot } from "../../scripts/tools";
import { execute, mustExecute } from "../tools/execute";
import { PluginProcess } from "../tools/plugin/process";
import { TestStack } from "../tools/pulumi";

jest.setTimeout(120_000);

const [plugin, packages] = ["plugin", "packages"].map((name) => join(repositoryRoot, "dist", name)) as [string, string];
const starter = "pulumi-resource-glance";
const schema = JSON.parse(readFileSync(join(repositoryRoot, "schema.json"), "utf8"));
const archives = ["darwin-amd64", "darwin-arm64", "linux-amd64", "linux-arm64", "windows-amd64"].map(
  (platform) => `${starter}-v${schema.version}-${platform}.tar.gz`,
);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-glance-packaging-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program named `name` in a folder of its own, which is returned. */
function program(name: string, text: string): string {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, name), text, { mode: 0o755 });
  return bin;
}

/** The plugin, installed anew below the test's folder. */
function installed(): string {
  const copy = join(folder, "plugins", "glance");
  cpSync(plugin, copy, { recursive: true, filter: (path) => !path.includes(".compile-cache") });
  return copy;
}

/** Starts a plugin in the test's folder, asks it for its version, and ends it. */
async function start(command: string, args: readonly string[] = []) {
  const started = await PluginProcess.start({ command: [command, ...args], cwd: folder });
  const info = await started.call<Empty, PluginInfo>("getPluginInfo", new Empty());
  const code = await started.stop();
  return { ...started.output, version: info.getVersion(), code };
}

const working = { version: schema.version, code: 0, stdout: expect.stringMatching(/^\d+\n$/), stderr: "" };

describe("the archives", () => {
  it("are one for each platform, and the same whenever and wherever they are made", async () => {
    await mustExecute(
      join(repositoryRoot, "node_modules", ".bin", "tsx"),
      [join(repositoryRoot, "scripts", "package.ts"), folder],
      {
        cwd: tmpdir(),
        env: { ...process.env, TZ: "Asia/Tokyo" },
      },
    );
    expect(readdirSync(packages).sort()).toEqual(archives);
    expect(readdirSync(join(folder, "packages")).sort()).toEqual(archives);
    for (const name of archives) {
      const [made, again] = [packages, join(folder, "packages")].map((where) => readFileSync(join(where, name)));
      expect(again?.equals(made as Buffer)).toBe(true);
    }
  });

  it.each([
    ["linux-amd64", starter],
    ["windows-amd64", `${starter}.cmd`],
  ])("for %s hold the plugin, which only %s starts, and nothing to install", async (platform, executable) => {
    const modes: Record<string, number> = {};
    await list({
      file: join(packages, `${starter}-v${schema.version}-${platform}.tar.gz`),
      onReadEntry: ({ path, mode = 0 }) => {
        modes[path] = mode;
      },
    });
    expect(modes).toMatchObject({ "main.js": 0o644, "plugin.js": 0o644, "schema.json": 0o644, LICENSE: 0o644 });
    expect(Object.keys(modes).filter((name) => modes[name] !== 0o644)).toEqual([executable]);
    expect(modes[executable]).toBe(0o755);
    expect(modes).not.toHaveProperty(["PulumiPlugin.yaml"]);
  });

  it("name no folder of the machine that made them", () => {
    for (const name of archives) {
      const bytes = gunzipSync(readFileSync(join(packages, name)));
      expect(bytes.includes("Apache License")).toBe(true);
      expect(bytes.includes(repositoryRoot)).toBe(false);
    }
  });

  it("name the licence of everything inside", () => {
    const text = readFileSync(join(plugin, "THIRD-PARTY-LICENSES.txt"), "utf8");
    const headings = ["@grpc/grpc-js", "@pulumi/pulumi", "google-protobuf", "undici", "yaml", "zod"];
    for (const name of headings) expect(text).toMatch(new RegExp(`^${name} \\d\\S+ \\(.+\\)$`, "m"));
  });
});

describe("Pulumi", () => {
  const architecture = process.arch === "x64" ? "amd64" : process.arch;
  const archive = join(packages, `${starter}-v${schema.version}-${process.platform}-${architecture}.tar.gz`);
  let stack: TestStack;
  beforeAll(async () => {
    stack = await TestStack.create({ program: "" });
  });
  afterAll(() => stack?.remove());

  it("installs an archive and asks it for its schema", async () => {
    const install = ["plugin", "install", "resource", "glance", schema.version, "--file", archive];
    expect(await stack.run(install)).toMatchObject({ code: 0 });
    const { code, stdout } = await stack.run(["package", "get-schema", `glance@${schema.version}`]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(schema);
  });

  it("asks the unpacked plugin for its schema", async () => {
    const { stdout } = await stack.run(["package", "get-schema", join(plugin, starter)]);
    expect(JSON.parse(stdout)).toEqual(schema);
  });
});

describe("the plugin", () => {
  it("starts through links from anywhere, writes nothing but its port, and ends when it is told to", async () => {
    mkdirSync(join(folder, "bin"));
    symlinkSync(join(plugin, starter), join(folder, "glance"));
    symlinkSync("../glance", join(folder, "bin", starter));
    expect(await start(join(folder, "bin", starter))).toEqual(working);
  });

  it.each([
    ["below modules of another kind", () => writeFileSync(join(folder, "package.json"), '{ "type": "module" }')],
    [
      "where Node can keep nothing",
      () => writeFileSync(join(folder, "plugins", "glance", ".compile-cache"), "no folder"),
    ],
    ["before it needs a library", () => rmSync(join(folder, "plugins", "glance", "library-undici.js"))],
  ])("starts %s", async (_, change) => {
    const copy = installed();
    change();
    expect(await start(join(copy, starter))).toEqual(working);
  });

  it("refuses an old Node in one sentence", async () => {
    const preload = join(folder, "old.cjs");
    writeFileSync(
      preload,
      'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.20.2" } });',
    );
    const bin = program("node", `#!/bin/sh\nexec "${process.execPath}" --require "${preload}" "$@"\n`);
    const env = { PATH: `${bin}:${process.env.PATH}` };
    const { code, stdout, stderr } = await execute(join(plugin, starter), [], { env, timeout: 30 });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^pulumi-glance needs Node 22\.19 or newer, and this is 20\.20\.2 \(.+\)\.\n$/);
  });

  it("asks for Node in one sentence where there is none", async () => {
    const env = { PATH: folder };
    const { code, stdout, stderr } = await execute(join(plugin, starter), [], { env, timeout: 30 });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^pulumi-resource-glance needs Node\.js, .+\n$/);
  });
});

describe("the sources", () => {
  it("are a plugin for Pulumi's Node language host, whatever the program's compiler options are", async () => {
    expect(readFileSync(join(repositoryRoot, "PulumiPlugin.yaml"), "utf8")).toMatch(/^ {2}name: nodejs$/m);
    writeFileSync(join(folder, "tsconfig.json"), '{ "compilerOptions": { "strict": true, "target": "es2015" } }');
    const runner = require.resolve("@pulumi/pulumi/cmd/run-plugin");
    // As the host starts it; nothing listens at the engine's address.
    expect(await start(process.execPath, [runner, repositoryRoot, "127.0.0.1:9"])).toEqual(working);
  });
});
