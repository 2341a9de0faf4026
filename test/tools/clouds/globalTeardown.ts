import { runningVariable } from "./current";
import { daemons } from "./startedDaemons";

/** The last project's call finds nothing left to stop. */
export default async function globalTeardown(): Promise<void> {
  delete process.env[runningVariable];
  await Promise.all(daemons.splice(0).map((daemon) => daemon.stop()));
}
