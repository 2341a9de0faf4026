import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PackageSpec } from "../../../provider/schema/pulumi";
import { repositoryRoot } from "../../../scripts/tools";

const read = (path: string) => readFileSync(join(repositoryRoot, path), "utf8");
const schema: PackageSpec = JSON.parse(read("schema.json"));
const pages = {
  "_index.md": read("docs/_index.md"),
  "installation-configuration.md": read("docs/installation-configuration.md"),
};

const languages = ["typescript", "python", "go", "csharp", "yaml"];
const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = ""]) => found);

test.each(Object.entries(pages))("%s begins with what Pulumi's registry reads", (_, text) => {
  expect(text).toMatch(/^---\ntitle: OpenStack Glance.*\nmeta_desc: .+\nlayout: package\n---\n/);
});

describe("_index.md", () => {
  const text = pages["_index.md"];

  it("lets readers choose among all languages for each example", () => {
    const choosers = text.split("{{< chooser ").slice(1);
    expect(choosers.length).toBeGreaterThan(0);
    for (const chooser of choosers) {
      expect(chooser).toMatch(new RegExp(`^language "${languages.join(",")}" >}}`));
      expect(matches(chooser, /^\{\{% choosable language (\w+) %\}\}$/gm)).toEqual(languages);
      expect(matches(chooser, /^```(\w+)$/gm)).toEqual(languages);
      expect(chooser).toContain("{{< /chooser >}}");
    }
  });

  it("shows only programs that the schema documents, too", () => {
    const documents = [...Object.values(schema.resources), ...Object.values(schema.functions)];
    const documented = documents.map(({ description }) => description).join("\n");
    for (const program of matches(text, /^(```\w+\n.*?^```$)/gms)) expect(documented).toContain(program);
  });

  it("names every resource and function, and no others", () => {
    const tokens = Object.keys({ ...schema.resources, ...schema.functions });
    const names = tokens.map((token) => token.slice(token.lastIndexOf(":") + 1));
    expect(matches(text, /^\| `(\w+)` \|/gm).sort()).toEqual(names.sort());
  });
});

describe("installation-configuration.md", () => {
  const text = pages["installation-configuration.md"];

  it("names the SDKs that are generated", () => {
    const { nodejs, python, go, csharp } = schema.language as Record<string, Record<string, string>>;
    const names = [nodejs?.packageName, python?.packageName, go?.importBasePath, `${csharp?.rootNamespace}.Glance`];
    for (const name of names) expect(text).toContain(`[\`${name}\`](https://`);
  });

  it("explains every key of the configuration in the words of the schema", () => {
    const rows = Object.entries(schema.config.variables).map(
      ([key, { description = "" }]) => `| \`glance:${key}\` | ${description.replaceAll("\n", " ")} |`,
    );
    expect(text.split("\n").filter((line) => line.startsWith("| `glance:"))).toEqual(rows);
  });

  it("says which keys are secrets", () => {
    const secrets = Object.entries(schema.config.variables).filter(([, { secret }]) => secret);
    const [sentence] = matches(text, /^(.*) are secrets/gm);
    expect(matches(sentence ?? "", /`(\w+)`/g).sort()).toEqual(secrets.map(([key]) => key).sort());
  });
});
