import { mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { withoutCallersClouds } from "../tools";

/** Runs `work` with an environment in which nothing of the caller's clouds, Pulumi accounts or configuration files is visible. */
export async function withCleanEnvironment<Result>(work: (env: NodeJS.ProcessEnv) => Promise<Result>): Promise<Result> {
  const home = mkdtempSync(join(tmpdir(), "pulumi-glance-home-"));
  try {
    return await work({
      ...withoutCallersClouds(process.env),
      HOME: home,
      XDG_CONFIG_HOME: join(home, ".config"),
      XDG_CACHE_HOME: process.env.XDG_CACHE_HOME || join(homedir(), ".cache"),
    });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
