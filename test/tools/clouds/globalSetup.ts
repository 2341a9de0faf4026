import { runningVariable, selectedClouds } from "./current";
import { startDaemons } from "./daemon";
import { daemons } from "./startedDaemons";

/** jest calls this once per project that has it; the clouds start once. */
export default async function globalSetup(): Promise<void> {
  if (process.env[runningVariable] !== undefined) return;
  daemons.push(...(await startDaemons(selectedClouds())));
  const clouds = daemons.flatMap((daemon) => daemon.clouds);
  for (const { name, unavailable } of clouds) {
    if (unavailable !== undefined) console.error(`the cases of ${name} are skipped: ${unavailable}`);
  }
  process.env[runningVariable] = JSON.stringify(clouds);
}
