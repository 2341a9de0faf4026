import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "../../../../scripts/tools";
import { inModule } from "./inModule";

const all = [
  "pulumi-language-nodejs",
  "pulumi-language-python",
  "pulumi-language-yaml",
  "pulumi-resource-pulumi-nodejs",
];
const without = (host: string) => all.filter((name) => name !== host);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-glance-path-"));
  symlinkSync("/bin/sh", join(folder, "sh"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What set-up makes of a PATH with a CLI that prints its version by `command`, and with `hosts`. */
async function found(command: string, hosts: string[]): Promise<string> {
  for (const [name, text] of [["pulumi", command], ...hosts.map((host) => [host, ":"])]) {
    writeFileSync(join(folder, String(name)), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  }
  const file = join(repositoryRoot, "scripts", "setup", "pulumi.mjs");
  return inModule(file, "pulumiOnPath", "console.log(await pulumiOnPath())", { PATH: folder });
}

describe("a Pulumi CLI on PATH", () => {
  it.each([
    ["echo v3.150.0", all],
    ["echo v4.0.0", all],
    ["echo 'warning: there is a newer one' >&2; echo v3.259.0-dev.1", all],
  ])("that answers by %j is used", async (command, hosts) => {
    expect(await found(command, hosts)).toBe(`${folder}\n`);
  });

  it.each([
    ["too old", "echo v3.149.2", all],
    ["not a Pulumi", "echo hello", all],
    ["broken", "echo v3.259.0; exit 1", all],
    ...all.map((host): [string, string, string[]] => [`without ${host}`, "echo v3.259.0", without(host)]),
  ])("that is %s is not used", async (_, command, hosts) => {
    expect(await found(command, hosts)).toBe("undefined\n");
  });
});
