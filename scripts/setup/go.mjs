import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./places.mjs";
import { attempt, run, SetupError } from "./shell.mjs";

/** The folder of one of the Go modules that set-up builds from. */
export const moduleFolder = (name) => join(root, "test", "tools", "pulumi-cli", name);

export const hasGo = async () => (await attempt("go", ["version"])).code === 0;

/** The version that go.mod of one of those modules requires of another. */
export function requiredVersion(name, path) {
  const text = readFileSync(join(moduleFolder(name), "go.mod"), "utf8");
  const version = new RegExp(`^(?:require)?\\s+${path} v(\\S+)`, "m").exec(text)?.[1];
  if (version === undefined) throw new SetupError(`test/tools/pulumi-cli/${name}/go.mod names no version of ${path}`);
  return version;
}

/** Builds a command that the module `name` can see and puts it into the folder `bin`; `variables` are set in it. */
export function buildGo(name, command, bin, variables = {}) {
  const flags = Object.entries(variables).map(([variable, value]) => `-X ${variable}=${value}`);
  return run(
    "go",
    ["build", "-mod=readonly", "-buildvcs=false", `-ldflags=${flags.join(" ")}`, "-o", `${bin}/`, command],
    { cwd: moduleFolder(name), minutes: 30 },
  );
}

/** The folder of a module's source in Go's cache. */
export const sourceFolder = (name, path) =>
  run("go", ["list", "-m", "-f", "{{.Dir}}", path], { cwd: moduleFolder(name) });
