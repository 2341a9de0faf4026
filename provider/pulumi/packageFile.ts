import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The text of schema.json: beside the bundled plugin, and above the compiled or written source. */
export function schemaText(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const file = join(folder, "schema.json");
    if (existsSync(file)) return readFileSync(file, "utf8");
    if (folder === dirname(folder)) throw new Error("the plugin is incomplete: its schema.json is missing");
  }
}

/** The package's version, without a "v". */
export function version(): string {
  return JSON.parse(schemaText()).version;
}
