/**
 * Writes schema.json from the documented interfaces: `tsx scripts/schema.ts`. With `--check` writes nothing and fails when
 * the file is not what the interfaces say.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateSchema } from "../provider/schema";
import { repositoryRoot } from "./tools";

const file = join(repositoryRoot, "schema.json");
const text = generateSchema(repositoryRoot);

if (!process.argv.includes("--check")) writeFileSync(file, text);
else if (!existsSync(file) || readFileSync(file, "utf8") !== text) {
  console.error('schema.json is not what the interfaces say: run "npx tsx scripts/schema.ts" and commit it');
  process.exitCode = 1;
}
