import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { repositoryRoot } from "../../../scripts/tools";
import { mustExecute } from "../../tools/execute";

let clone: string;
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), "pulumi-glance-clone-"));
});
afterEach(() => rmSync(clone, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(clone, path)), { recursive: true });
  writeFileSync(join(clone, path), text);
}

it("npm pack builds what the sources say, and leaves out what an earlier build left", async () => {
  for (const name of ["package.json", "tsconfig.json", "scripts/prepack.mjs", "scripts/setup"]) {
    cpSync(join(repositoryRoot, name), join(clone, name), { recursive: true });
  }
  symlinkSync(join(repositoryRoot, "node_modules"), join(clone, "node_modules"));
  write("provider/fresh.ts", "export const fresh = true;\n");
  write("dist/provider/stale.js", "");

  await mustExecute("npm", ["pack", "--offline"], { cwd: clone, env: process.env, timeout: 60 });

  const packed = await mustExecute("sh", ["-c", "tar -tzf *.tgz"], { cwd: clone, env: process.env });
  expect(packed).toContain("dist/provider/fresh.js\n");
  expect(packed).not.toContain("stale");
});
