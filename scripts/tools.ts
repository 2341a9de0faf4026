import { existsSync, readFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

export const repositoryRoot = resolve(__dirname, "..");

/** Where this repository keeps what it makes at run time; ignored by git. */
export const scratchFolder = join(repositoryRoot, ".cache");

type Tool = "pulumi" | "codegen" | "goModules" | "python" | "cloud";

/** The folder of a tool that set-up found or installed. Throws when set-up did not run or the cache was emptied since. */
function toolFolder(tool: Tool, part: string): string {
  const folder = recordedTools()[tool];
  if (folder === undefined || !existsSync(join(folder, part))) {
    throw new Error(`a tool is not installed (${tool}): run "npm run setup"`);
  }
  return folder;
}

function recordedTools(): Partial<Record<Tool, string>> {
  try {
    return JSON.parse(readFileSync(join(scratchFolder, "tools.json"), "utf8"));
  } catch {
    return {};
  }
}

/** The folder with `pulumi` and its language hosts. */
export const pulumiBinDir = () => toolFolder("pulumi", "pulumi");

/** The command that writes SDKs (test/tools/pulumi-cli/codegen); undefined where set-up could not build it for want of Go. */
export const codegenBinary = () =>
  recordedTools().codegen === undefined ? undefined : join(toolFolder("codegen", "installed"), "pulumi-codegen");

/** Where Go keeps the modules that it has downloaded, which it would look for in the empty home of the tests. */
export const goModules = () => toolFolder("goModules", "cache");

/** A Python with the package `pulumi`. The language host takes it where `PULUMI_PYTHON_CMD` names it. */
export const pythonForPrograms = () => join(toolFolder("python", "installed"), "venv", "bin", "python");

/** The folder with the Python environment `venv` of the real Glance and Keystone; templates of their state are kept beside it. */
export const cloudToolDir = () => toolFolder("cloud", "installed");

/** PATH with this repository's Node and the Pulumi CLI before everything else. */
export function searchPath(caller = process.env.PATH): string {
  return [join(repositoryRoot, "node_modules", ".bin"), pulumiBinDir(), caller ?? ""].join(delimiter);
}

/** `env` without what a caller's shell may say about clouds and Pulumi. */
export function withoutCallersClouds(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(OS|PULUMI)_/.test(name)));
}

/** `env` in which no proxy of the caller's stands between programs and the servers that they start on this machine. */
export function withoutProxyOnLoopback(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  // Some programs know one spelling only, and where both are set some read only one.
  const listed = [env.no_proxy, env.NO_PROXY].flatMap((list) => list?.split(",") ?? []).map((host) => host.trim());
  const hosts = new Set([...listed.filter((host) => host !== ""), "127.0.0.1", "localhost"]);
  const list = hosts.has("*") ? "*" : [...hosts].join(",");
  return { ...env, no_proxy: list, NO_PROXY: list };
}

/**
 * What the Pulumi CLI needs to work without an account and without anything of the caller's: state in `backend`, everything else
 * that it keeps in `home`.
 */
export function pulumiEnvironment(folders: { backend: string; home: string }): NodeJS.ProcessEnv {
  return {
    ...withoutProxyOnLoopback(withoutCallersClouds(process.env)),
    PATH: searchPath(),
    PULUMI_HOME: folders.home,
    PULUMI_BACKEND_URL: `file://${folders.backend}`,
    PULUMI_CONFIG_PASSPHRASE: "not a secret",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
}
