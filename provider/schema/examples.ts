import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The name under which the provider itself has examples. */
export const providerName = "Provider";

/** What follows the descriptions in the schema, by the names of resources and functions. */
export type Examples = ReadonlyMap<string, string>;

/** Reads the examples of all `names` from provider/schema/examples below `root`. Throws where one has no file. */
export function readExamples(root: string, names: readonly string[]): Examples {
  const folder = join(root, "provider/schema/examples");
  return new Map(names.map((name) => [name, withShortcodes(readFileSync(join(folder, `${name}.md`), "utf8"))]));
}

/**
 * Markdown whose third headings are examples, in the form from which Pulumi's code generators take those of their language
 * (pulumi/pulumi, pkg/codegen/docs.go). Second headings end the examples.
 */
export function withShortcodes(markdown: string): string {
  const [examples = "", ...sections] = parts(markdown, /^(?=## )/m);
  const marked = parts(examples, /^(?=### )/m).map((one) => `{{% example %}}\n${one}\n{{% /example %}}`);
  return [`{{% examples %}}\n## Example Usage`, ...marked, "{{% /examples %}}", ...sections].join("\n\n");
}

const parts = (text: string, border: RegExp) => text.split(border).map((part) => part.trim());
