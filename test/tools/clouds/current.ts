import type { CloudUnderTest } from "./types";

type CloudName = CloudUnderTest["name"];

export const cloudNames: readonly CloudName[] = ["local", "glance-33"];

/** Variable with the names of the clouds to test, separated by commas. Default: all. */
export const selectionVariable = "GLANCE_TEST_SERVERS";

/** Variable through which jest's workers learn the running clouds. */
export const runningVariable = "GLANCE_TEST_RUNNING";

/** Throws for a name that no cloud has. */
export function selectedClouds(selection = process.env[selectionVariable]): CloudName[] {
  if (selection === undefined || selection === "") return [...cloudNames];
  return selection.split(",").map((name) => {
    const known = cloudNames.find((candidate) => candidate === name);
    if (known === undefined) throw new Error(`"${name}" is no server to test; there are ${cloudNames.join(" and ")}`);
    return known;
  });
}

/** The clouds that run for the tests of the projects contract and e2e. */
export function cloudsUnderTest(): CloudUnderTest[] {
  const running = process.env[runningVariable];
  if (running === undefined) throw new Error("no cloud is running: only the projects contract and e2e start them");
  return JSON.parse(running);
}

/** Title of the block around all cases of a cloud; the totals per server are counted by it. */
export const cloudTitle = (name: string) => `server ${name}`;

/** Declares the same cases for every cloud under test. */
export function describeClouds(title: string, cases: (cloud: CloudUnderTest) => void): void {
  for (const cloud of cloudsUnderTest()) describe(cloudTitle(cloud.name), () => describe(title, () => cases(cloud)));
}
