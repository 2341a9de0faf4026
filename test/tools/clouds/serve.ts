import type { RunningClouds } from "./runningCloud";

/** Argument of a process that runs clouds: do not end with the parent, but by a signal. The next one names a folder for its files. */
export const stayFlag = "--stay-in";

/** What such a process is asked for. */
export interface Asked {
  /** The clouds to run; all of them have the same program. */
  names: string[];
  /** For files that stay. */
  folder?: string;
}

/**
 * Main program of a process that runs clouds: announces them as one line of JSON on standard output and ends them when asked to, by a
 * signal or because standard input ended. The latter happens however the parent died, so nothing is ever left running.
 */
export async function serve(start: (asked: Asked) => Promise<RunningClouds>): Promise<void> {
  const args = process.argv.slice(2);
  const at = args.indexOf(stayFlag);
  const [, folder] = at === -1 ? [] : args.splice(at, 2);
  const asked = stopRequest(folder === undefined);
  // A parent that died meanwhile reads no announcement; its end has been noticed already.
  process.stdout.on("error", () => {});
  try {
    const { clouds, close } = await start({ names: args, ...(folder === undefined ? {} : { folder }) });
    process.stdout.write(`${JSON.stringify(clouds)}\n`);
    await asked;
    await close();
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  }
  process.exit();
}

function stopRequest(endsWithParent: boolean): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => resolve());
    if (endsWithParent) process.stdin.on("close", () => resolve()).resume();
  });
}
