import { mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";
import { scratchFolder, withoutCallersClouds, withoutProxyOnLoopback } from "../tools";

/**
 * Runs `work` with an environment in which nothing of the caller's clouds, Pulumi accounts or configuration files is visible, and
 * with the empty home that it names, which is deleted afterwards.
 */
export async function withCleanEnvironment<Result>(
  work: (env: NodeJS.ProcessEnv, home: string) => Promise<Result>,
): Promise<Result> {
  const home = mkdtempSync(join(tmpdir(), "pulumi-glance-home-"));
  try {
    const env = {
      ...withoutProxyOnLoopback(withoutCallersClouds(process.env)),
      HOME: home,
      XDG_CONFIG_HOME: join(home, ".config"),
      XDG_CACHE_HOME: callersCache(),
    };
    return await work(env, home);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** What other programs keep there is for all runs. */
function callersCache(): string {
  const folders = [process.env.XDG_CACHE_HOME, join(homedir(), ".cache")];
  return folders.find((folder) => folder !== undefined && isAbsolute(folder)) ?? scratchFolder;
}
