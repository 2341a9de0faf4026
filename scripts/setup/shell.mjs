import { spawn } from "node:child_process";

/** A failure that is told in one sentence, without a stack trace. */
export class SetupError extends Error {}

/** On standard error, so that the output of a command that follows can be used by a shell. */
export const say = (text) => console.error(`setup: ${text}`);

/** Announces work that takes a while, does it, and says how long it took. */
export async function step(title, usually, work) {
  say(`${title} (usually ${usually}) ...`);
  const started = Date.now();
  const result = await work();
  say(`${title}: done in ${((Date.now() - started) / 1000).toFixed(0)} s`);
  return result;
}

/**
 * Runs a command without a terminal and returns `{ code, output }`; the code is null when it could not be started or took longer
 * than `minutes`.
 */
export function attempt(command, args, { minutes = 1, cwd, env = process.env } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], timeout: minutes * 60_000 });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
      });
    }
    child.on("error", (error) => resolve({ code: null, output: error.message }));
    child.on("close", (code) => resolve({ code, output: output.trim() }));
  });
}

/** Runs a command that must succeed and returns its output. */
export async function run(command, args, options = {}) {
  const { code, output } = await attempt(command, args, options);
  if (code === 0) return output;
  const ending = code === null ? `did not finish within ${options.minutes ?? 1} minutes` : `ended with code ${code}`;
  throw new SetupError(`${[command, ...args].join(" ")} ${ending}:\n${output}`);
}
