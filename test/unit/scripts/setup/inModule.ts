import { mustExecute } from "../../../tools/execute";

/**
 * What `script` prints after an import of `names` from one of set-up's files. These are ES modules, which jest does not load, so a
 * Node of its own runs it.
 */
export function inModule(file: string, names: string, script: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const text = `import { ${names} } from ${JSON.stringify(file)};\n${script}`;
  const args = ["--input-type=module", "-e", text];
  return mustExecute(process.execPath, args, { env: { ...process.env, ...env }, timeout: 30 });
}
