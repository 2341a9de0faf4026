import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "../../../scripts/tools";
import { execute } from "../../tools/execute";

const copy = mkdtempSync(join(tmpdir(), "repository-"));
const inCopy = (path: string) => join(copy, path);
const types = inCopy("provider/resources/image/types.ts");

beforeAll(() => {
  for (const path of ["provider", "scripts", "package.json", "tsconfig.json", "schema.json"]) {
    cpSync(join(repositoryRoot, path), inCopy(path), { recursive: true });
  }
  symlinkSync(join(repositoryRoot, "node_modules"), inCopy("node_modules"));
});
afterAll(() => rmSync(copy, { recursive: true }));

const check = () => execute(join(repositoryRoot, "node_modules/.bin/tsx"), [inCopy("scripts/schema.ts"), "--check"]);

it("is fresh, and stale once an interface has changed", async () => {
  expect(await check()).toEqual({ code: 0, stdout: "", stderr: "" });
  const text = readFileSync(types, "utf8");
  writeFileSync(types, text.replace("export interface ImageSettings {", "$&\n  /** New. */\n  shade?: string;"));
  expect(await check()).toEqual({
    code: 1,
    stdout: "",
    stderr: 'schema.json is not what the interfaces say: run "npx tsx scripts/schema.ts" and commit it\n',
  });
}, 120_000);
