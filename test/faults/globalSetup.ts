import { cloudsUnderTest } from "../tools/clouds/current";
import startClouds from "../tools/clouds/globalSetup";
import { Bench } from "./bench";
import { operations } from "./operations";
import { recordSteps } from "./record";
import { type Recording, recordingVariable } from "./recording";

/** Starts the clouds and finds out which requests each operation makes in each of them: jest wants to know all cases before it runs one. */
export default async function globalSetup(): Promise<void> {
  await startClouds();
  const recording: Recording = {};
  for (const cloud of cloudsUnderTest().filter(({ name }) => name === "local" || name === "glance-33")) {
    const bench = await Bench.open(cloud);
    const steps = operations.map(async (operation) => [operation.name, await recordSteps(bench, operation)] as const);
    try {
      recording[cloud.name] = Object.fromEntries(await Promise.all(steps));
    } finally {
      await bench.close();
    }
  }
  process.env[recordingVariable] = JSON.stringify(recording);
}
