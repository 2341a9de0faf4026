import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "../../../scripts/tools";
import { execute } from "../../tools/execute";

const testScript = (...args: string[]) =>
  execute(process.execPath, ["--import", "tsx", join(repositoryRoot, "scripts", "test.ts"), ...args], {
    cwd: repositoryRoot,
    env: process.env,
    timeout: 60,
  });

const oneFailure = /(^|\n)0 passed, 1 failed, 0 skipped\n$/;

describe("a test run that cannot start", () => {
  it("tells why, and counts as one failure", async () => {
    const folder = mkdtempSync(join(tmpdir(), "pulumi-glance-run-"));
    const setup = join(folder, "setup.js");
    writeFileSync(setup, 'module.exports = () => { throw new Error("no cloud today"); };');
    try {
      const { code, stdout, stderr } = await testScript("unit", "unit/scripts/totals", `--globalSetup=${setup}`);
      expect(code).toBe(1);
      expect(stderr).toContain("no cloud today");
      expect(stdout).toMatch(oneFailure);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("tells which server it does not know, and counts as one failure", async () => {
    const { code, stdout, stderr } = await testScript("contract", "--server", "nowhere");
    expect(code).toBe(1);
    expect(stderr).toContain('"nowhere" is no server to test');
    expect(stdout).toMatch(oneFailure);
  });
});
