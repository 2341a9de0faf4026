import { readdirSync } from "node:fs";
import { join } from "node:path";
import { cachedFolder } from "./cache.mjs";
import { buildGo, hasGo, moduleFolder } from "./go.mjs";
import { recordTool } from "./places.mjs";
import { cachedEnvironment, findPython, install, pinned } from "./python.mjs";
import { run, say, step } from "./shell.mjs";

/** What writes the SDKs of other languages, and what runs programs with the Python one. */
export async function installSdkTools() {
  const withGo = await hasGo();
  if (!withGo) say("no Go runs here (https://go.dev/dl), so the cases that generate or compare SDKs will be skipped");
  recordTool("codegen", withGo ? await generators() : undefined);
  recordTool("goModules", withGo ? await run("go", ["env", "GOMODCACHE"]) : undefined);
  recordTool("python", await pythonForPrograms());
}

/** Pulumi's code generators as one command. */
function generators() {
  const module = moduleFolder("codegen");
  return cachedFolder({
    name: "codegen",
    files: readdirSync(module)
      .sort()
      .map((file) => join(module, file)),
    make: (folder) =>
      step("building Pulumi's code generators from their Go modules", "1 to 4 minutes, then cached by Go", () =>
        buildGo("codegen", "pulumi-codegen", folder),
      ),
  });
}

/** A Python environment `venv` with the package `pulumi` of PyPI, and with what installs the SDK from this repository. */
function pythonForPrograms() {
  const requirements = join(moduleFolder("python"), "requirements.txt");
  return cachedEnvironment({
    name: `python-pulumi-${pinned(requirements, "pulumi")}`,
    files: [requirements],
    title: "installing the Python package pulumi for the tests",
    usually: "1 minute",
    async make(folder) {
      const venv = join(folder, "venv");
      await run(await findPython(), ["-m", "venv", venv]);
      await install(venv, ["-r", requirements]);
    },
  });
}
