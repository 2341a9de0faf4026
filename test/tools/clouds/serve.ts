import type { RunningCloud } from "./runningCloud";

/** Argument of a process that runs a cloud: do not end with the parent, but by a signal. The next one names a folder for its files. */
export const stayFlag = "--stay-in";

/**
 * Main program of a process that runs one cloud: announces it as one line of JSON on standard output and ends it when asked to, by a
 * signal or because standard input ended. The latter happens however the parent died, so nothing is ever left running.
 */
export async function serve(start: (folder?: string) => Promise<RunningCloud>): Promise<void> {
  const [flag, folder] = process.argv.slice(2);
  const asked = stopRequest(flag !== stayFlag);
  // A parent that died meanwhile reads no announcement; its end has been noticed already.
  process.stdout.on("error", () => {});
  try {
    const { close, ...cloud } = await start(folder);
    process.stdout.write(`${JSON.stringify(cloud)}\n`);
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
