/**
 * `tsx scripts/test.ts [unit|contract|e2e|faults]... [--server NAME] [options of jest]`: the named projects; without names everything,
 * lint, types and build included. The last line is `N passed, N failed, N skipped`, counted by jest; of the faults alone it is
 * `cases N, converged N, orphans N, reported N`.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { verdictsVariable } from "../test/faults/verdicts";
import { cloudTitle, selectedClouds, selectionVariable } from "../test/tools/clouds/current";
import { readArguments } from "./test/arguments";
import { withCleanEnvironment } from "./test/environment";
import { count, didNotStart, inWords, readResults } from "./test/totals";
import { verdictsInWords } from "./test/verdicts";
import { repositoryRoot } from "./tools";

function command(name: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<boolean> {
  const file = join(repositoryRoot, "node_modules", ".bin", name);
  const child = spawn(file, args, { cwd: repositoryRoot, env, stdio: ["ignore", "inherit", "inherit"] });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => resolve(code === 0));
  });
}

const checks: [title: string, command: string, ...args: string[]][] = [
  ["lint", "biome", "check", "."],
  ["types", "tsc", "-p", "tsconfig.test.json", "--noEmit"],
  ["build", "tsc", "-b"],
];

async function failedChecks(env: NodeJS.ProcessEnv): Promise<string[]> {
  const failed: string[] = [];
  for (const [title, name, ...args] of checks) {
    console.log(`${title} ...`);
    if (!(await command(name, args, env))) failed.push(title);
  }
  return failed;
}

async function main(): Promise<void> {
  const { projects, server, rest } = readArguments(process.argv.slice(2));
  const servers = selectedClouds(server);
  await withCleanEnvironment(async (env, home) => {
    const failed = projects.length === 0 ? await failedChecks(env) : [];
    const [resultsFile, verdictsFile] = [join(home, "jest-results.json"), join(home, "fault-verdicts")];
    // Last, because jest takes every word after --selectProjects for a project.
    const selection = projects.length === 0 ? [] : ["--selectProjects", ...projects];
    const jestArgs = ["--json", `--outputFile=${resultsFile}`, ...rest, ...selection];
    const variables = { [selectionVariable]: servers.join(","), [verdictsVariable]: verdictsFile };
    const succeeded = await command("jest", jestArgs, { ...env, ...variables });
    const results = readResults(resultsFile);
    if (projects.includes("contract")) {
      for (const name of servers) console.log(`server ${name}: ${inWords(count(results, cloudTitle(name)))}`);
    }
    for (const title of failed) console.log(`${title}: failed, see above`);
    const totals = [inWords(count(results))];
    if (projects.length === 0) totals.unshift(verdictsInWords(verdictsFile));
    else if (projects.includes("faults")) totals.push(verdictsInWords(verdictsFile));
    for (const line of totals) console.log(line);
    if (!succeeded || results === didNotStart || failed.length > 0) process.exitCode = 1;
  });
}

main().catch((error) => {
  console.error(`test: ${error.message}`);
  console.log(inWords(count(didNotStart)));
  process.exitCode = 1;
});
