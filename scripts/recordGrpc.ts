/**
 * Records the engine's own calls of the packaged plugin, with the real CLI against glance-local: `tsx scripts/recordGrpc.ts`.
 * Writes test/fixtures/grpc/<step>.json.
 */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mustExecute } from "../test/tools/execute";
import { goldenFolder, versionFile } from "../test/tools/grpc/golden";
import { engineVersion, record } from "../test/tools/grpc/record";
import { repositoryRoot } from "./tools";

async function main(): Promise<void> {
  const recorded = await record();
  await rm(goldenFolder, { recursive: true, force: true });
  await mkdir(goldenFolder, { recursive: true });
  for (const [name, calls] of recorded)
    await writeFile(join(goldenFolder, `${name}.json`), JSON.stringify(calls, undefined, 2));
  await writeFile(join(goldenFolder, versionFile), `${engineVersion()}\n`);
  await mustExecute("biome", ["format", "--write", goldenFolder], { cwd: repositoryRoot });
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
