import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../../scripts/tools";

const { engines } = JSON.parse(readFileSync(join(repositoryRoot, "package.json"), "utf8"));
const needed: string = engines.node.replace(">=", "");
const [major, minor] = needed.split(".").map(Number) as [number, number];

/** Runs `glance-local --version` as if Node had this version. */
function run(version: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const versions = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } });`;
  const program = `process.argv.splice(1, 1, "", "--version"); require("./provider/cli/glanceLocal.ts");`;
  const args = ["--import", "tsx", "-e", versions + program, "-"];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: repositoryRoot }, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

describe("a Node that is too old", () => {
  it.each([`${major}.${minor - 1}.9`, `${major - 2}.99.0`])("ends a program with one sentence: %s", async (version) => {
    const { code, stdout, stderr } = await run(version);
    const sentence = `pulumi-glance needs Node ${needed} or newer, and this is ${version} (${process.execPath}).`;
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: "", stderr: `${sentence}\n` });
  });

  it.each([`${needed}.0`, `${major + 1}.0.0`])("is none of these: %s", async (version) => {
    expect(await run(version)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });
});
