import type { Api, CloudUnderTest } from "./types";

export type CloudName = CloudUnderTest["name"];

export const cloudNames: readonly CloudName[] = ["local", "glance-33", "nova-34", "glance-15"];

/** Variable with the names of the clouds to test, separated by commas. Default: all. */
export const selectionVariable = "GLANCE_TEST_SERVERS";

/** Variable through which jest's workers learn the running clouds. */
export const runningVariable = "GLANCE_TEST_RUNNING";

/** Throws for a name that no cloud has. */
export function selectedClouds(selection = process.env[selectionVariable]): CloudName[] {
  if (selection === undefined || selection === "") return [...cloudNames];
  return selection.split(",").map((name) => {
    const known = cloudNames.find((candidate) => candidate === name);
    if (known === undefined) throw new Error(`"${name}" is no server to test; there are ${cloudNames.join(", ")}`);
    return known;
  });
}

/** The clouds that run for the tests of the projects contract and e2e, and those that were asked for but cannot run here. */
export function cloudsUnderTest(): CloudUnderTest[] {
  const running = process.env[runningVariable];
  if (running === undefined) throw new Error("no cloud is running: only the projects contract and e2e start them");
  return JSON.parse(running);
}

/** Title of the block around all cases of a cloud; the totals per server are counted by it. */
export const cloudTitle = (name: string) => `server ${name}`;

/** Begins the title of what stands in a file for cases that no selected cloud has; the totals leave it out. */
export const noServerTitle = "no selected server speaks";

/** Declares the same cases for every cloud under test that speaks `api`; where it is unavailable they count as skipped. */
export function describeClouds(title: string, cases: (cloud: CloudUnderTest) => void, api: Api = "v2"): void {
  const clouds = cloudsUnderTest().filter(({ apis }) => apis[api] !== undefined);
  for (const cloud of clouds) {
    const block = cloud.unavailable === undefined ? describe : describe.skip;
    block(cloudTitle(cloud.name), () => describe(title, () => cases(cloud)));
  }
  // jest refuses a file without any case.
  if (clouds.length === 0) test.todo(`${noServerTitle} ${api}: ${title}`);
}
