/**
 * Writes the SDKs of other languages from schema.json: `tsx scripts/sdks.ts`. With `--check` writes nothing and fails when a file is not
 * what the generators write.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { committedSdks, sdkFolder } from "./sdks/committed";
import { generateSdks } from "./sdks/generate";
import { differences } from "./sdks/tree";
import { repositoryRoot } from "./tools";

async function main(): Promise<void> {
  const generated = await generateSdks(join(repositoryRoot, "schema.json"));
  const stale = differences(generated, committedSdks());
  if (!process.argv.includes("--check")) for (const path of stale) write(path, generated.get(path));
  else if (stale.length > 0) {
    const more = stale.length === 1 ? "" : ` (and ${stale.length - 1} more)`;
    throw new Error(`sdk/${stale[0]} is not what is generated${more}: run "npx tsx scripts/sdks.ts" and commit it`);
  }
}

function write(path: string, content: Buffer | undefined): void {
  const file = join(sdkFolder, path);
  if (content === undefined) rmSync(file);
  else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
