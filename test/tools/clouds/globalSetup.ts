import { runningVariable, selectedClouds } from "./current";
import { startDaemon } from "./daemon";
import { daemons } from "./startedDaemons";

/** jest calls this once per project that has it; the clouds start once. */
export default async function globalSetup(): Promise<void> {
  if (process.env[runningVariable] !== undefined) return;
  daemons.push(...(await Promise.all(selectedClouds().map(startDaemon))));
  process.env[runningVariable] = JSON.stringify(daemons.map(({ cloud }) => cloud));
}
