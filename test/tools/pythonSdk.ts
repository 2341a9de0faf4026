import { cp } from "node:fs/promises";
import { join } from "node:path";
import { pythonForPrograms, repositoryRoot } from "../../scripts/tools";
import { mustExecute } from "./execute";

/**
 * Installs sdk/python below an existing `folder` and returns the variables with which the CLI runs Python programs that import it. A
 * folder of sources on `PYTHONPATH` would not do: the SDK asks for the version that it was installed with.
 */
export async function installPythonSdk(folder: string): Promise<Record<string, string>> {
  const [source, site] = [join(folder, "python-source"), join(folder, "python-site")];
  // The build of a package leaves files beside its sources.
  await cp(join(repositoryRoot, "sdk", "python"), source, { recursive: true });
  const offline = ["--quiet", "--disable-pip-version-check", "--no-index", "--no-deps", "--no-build-isolation"];
  await mustExecute(pythonForPrograms(), ["-m", "pip", "install", ...offline, "--target", site, source]);
  return { PULUMI_PYTHON_CMD: pythonForPrograms(), PYTHONPATH: site };
}
