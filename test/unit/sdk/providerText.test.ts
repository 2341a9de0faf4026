import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { providerText } from "../../../sdk/nodejs/providerText";

const root = resolve(__dirname, "../../..");
const released = join(root, "test/fixtures/provider-texts");

test.each(["image", "imageMember", "imageMemberStatus", "imageProperties", "metadefNamespace"] as const)(
  "the text of %s in users' states is small and the same as ever",
  (name) => {
    expect(providerText(name)).toBe(readFileSync(join(released, `0.1.0-${name}.js`), "utf8"));
    expect(Buffer.byteLength(providerText(name))).toBeLessThanOrEqual(600);
  },
);

describe("in a process of its own, with the package linked into the program's node_modules", () => {
  const program = mkdtempSync(join(tmpdir(), "program-"));
  mkdirSync(join(program, "node_modules"));
  symlinkSync(root, join(program, "node_modules/pulumi-glance"));
  afterAll(() => rmSync(program, { recursive: true }));

  /** Loads the text as Pulumi's dynamic provider does: a module without a file name, resolved from the program's directory. */
  const load = (text: string, then: string) =>
    execFileSync(
      process.execPath,
      [
        "-e",
        `const Module = require("node:module");
         const loaded = new Module("", module);
         loaded.paths = Module._nodeModulePaths(process.cwd());
         loaded._compile(process.argv[1], "");
         const provider = loaded.exports.handler();
         (async () => { ${then} })().then((out) => process.stdout.write(JSON.stringify(out)));`,
        text,
      ],
      { cwd: program, encoding: "utf8", timeout: 30_000 },
    );

  test.each(readdirSync(released))("%s still works with the installed version", (file) => {
    const text = readFileSync(join(released, file), "utf8");
    const methods = JSON.parse(load(text, "return Object.keys(provider).sort();"));
    expect(methods).toEqual(["check", "configure", "create", "delete", "diff", "read", "update"]);
    const { failures } = JSON.parse(load(text, 'return provider.check({}, { cloud: 5, __provider: "p" });'));
    expect(failures).toContainEqual({ property: "cloud", reason: "must be a string" });
  });

  test("does not load Pulumi's SDK again", () => {
    const loaded = JSON.parse(load(providerText("image"), "return Object.keys(require.cache);")) as string[];
    expect(loaded.filter((path) => path.includes("@pulumi/pulumi"))).toEqual([]);
  });
});
