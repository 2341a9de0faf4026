import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { repositoryRoot } from "../../../scripts/tools";

/** Set-up is made of ES modules, which jest does not load: `script` runs in a Node of its own, after an import of `names`. */
export function startWith(module: string, names: string, script: string, env: NodeJS.ProcessEnv = {}): ChildProcess {
  const url = pathToFileURL(join(repositoryRoot, "scripts", "setup", module));
  const text = `import { ${names} } from "${url}";\n${script}`;
  return spawn(process.execPath, ["--input-type=module", "-e", text], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** What a script printed, once it ended. */
export async function printed(child: ChildProcess): Promise<string> {
  let output = "";
  child.stdout?.setEncoding("utf8").on("data", (text) => {
    output += text;
  });
  await new Promise((resolve) => child.once("close", resolve));
  return output;
}
