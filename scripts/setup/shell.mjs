import { spawn } from "node:child_process";
import { home } from "./places.mjs";

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

const interruptions = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Milliseconds that an interrupted command has to tidy up. */
const patience = 3000;

/**
 * Runs a command without a terminal and returns `{ code, output }`; the code is null when it could not be started or took longer
 * than `minutes`. Ctrl-C ends the command, then rejects.
 */
export function attempt(command, args, { minutes = 1, cwd, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    let interruptedBy;
    const interrupt = (signal) => {
      if (interruptedBy !== undefined) return cutOff();
      interruptedBy = signal;
      signalGroup(child, signal);
      clearTimeout(watchdog);
      watchdog = setTimeout(cutOff, patience);
    };
    // Before the start, so that the command is never without somebody who ends it.
    for (const signal of interruptions) process.on(signal, interrupt);
    // A group of its own can be ended whole: a command's own children would keep its pipes open.
    const child = spawn(command, args, {
      cwd,
      env: { ...env, HOME: home },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
      });
    }
    const cutOff = () => signalGroup(child, "SIGKILL");
    let watchdog = setTimeout(cutOff, minutes * 60_000);

    const end = (result) => {
      clearTimeout(watchdog);
      for (const signal of interruptions) process.off(signal, interrupt);
      if (interruptedBy === undefined) resolve(result);
      else reject(new SetupError(`stopped by ${interruptedBy}`));
    };
    child.on("error", (error) => end({ code: null, output: error.message }));
    child.on("close", (code) => end({ code, output: output.trim() }));
  });
}

function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}

/** Runs a command that must succeed and returns its output. */
export async function run(command, args, options = {}) {
  const { code, output } = await attempt(command, args, options);
  if (code === 0) return output;
  const ending = code === null ? `did not finish within ${options.minutes ?? 1} minutes` : `ended with code ${code}`;
  throw new SetupError(`${[command, ...args].join(" ")} ${ending}:\n${output}`);
}
