import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "../../../../scripts/tools";
import { inModule } from "./inModule";

const all = [
  "pulumi",
  "pulumi-language-nodejs",
  "pulumi-language-python",
  "pulumi-language-python-exec",
  "pulumi-language-yaml",
  "pulumi-resource-pulumi-nodejs",
];

/** Stands in for Go: the sources of every module are in $SOURCE, and a command that it builds says so. */
const go = `case "$1" in
  list) echo "$SOURCE" ;;
  build)
    while [ "$1" != -o ]; do shift; done
    echo built > "$2$(basename "$3")" ;;
esac`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-glance-cli-"));
  for (const name of ["path", "made", "source/nodejs/dist", "source/python/cmd"]) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  writeFileSync(join(folder, "source/nodejs/dist/pulumi-resource-pulumi-nodejs"), "copied\n");
  writeFileSync(join(folder, "source/python/cmd/pulumi-language-python-exec"), "copied\n");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const command = (name: string, text: string) =>
  writeFileSync(join(folder, "path", name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });

/** What set-up puts into the folder of the CLI where a download runs `npm`: the origin of each file by its name. */
async function cli(npm: string): Promise<Record<string, string>> {
  command("npm", npm);
  command("go", go);
  const file = join(repositoryRoot, "scripts", "setup", "pulumiSources.mjs");
  const made = join(folder, "made");
  const env = { PATH: `${join(folder, "path")}:/usr/bin:/bin`, SOURCE: join(folder, "source") };
  await inModule(file, "getPulumi", `await getPulumi(${JSON.stringify(made)})`, env);
  const bin = join(made, "bin");
  return Object.fromEntries(readdirSync(bin).map((name) => [name, readFileSync(join(bin, name), "utf8").trim()]));
}

const download = (names: string[]) => `
bin="$PULUMI_HOME/versions/$PULUMI_VERSION/bin"
mkdir -p "$bin"
for name in ${names.join(" ")}; do echo downloaded > "$bin/$name"; done`;

const from = (origin: string, names: string[]) => Object.fromEntries(names.map((name) => [name, origin]));

describe("a Pulumi CLI for the cache", () => {
  it("is the official one where that can be downloaded", async () => {
    expect(await cli(download(all))).toEqual(from("downloaded", all));
  });

  it("gets what the official one lacks", async () => {
    const official = all.filter((name) => name !== "pulumi-language-yaml");
    expect(await cli(download(official))).toEqual({
      ...from("downloaded", official),
      "pulumi-language-yaml": "built",
    });
  });

  it("is built with every language host where nothing can be downloaded", async () => {
    expect(await cli("echo no network >&2; exit 1")).toEqual({
      ...from("built", all),
      "pulumi-resource-pulumi-nodejs": "copied",
      "pulumi-language-python-exec": "copied",
    });
  });
});
