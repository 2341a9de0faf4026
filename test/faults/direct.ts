import { describeClouds } from "../tools/clouds/current";
import type { CloudUnderTest } from "../tools/clouds/types";
import { Bench } from "./bench";
import { type Case, patience } from "./cases";
import { CloudSide } from "./cloudSide";
import type { Part } from "./matrix";
import { attempt } from "./trial";
import { judged } from "./verdicts";

/** Every how many cases one is tried with the real Glance: the others would take too long. */
const isSample = (cloud: CloudUnderTest, at: number) => cloud.name === "local" || at % 10 === 0;

/** Declares cases that drive the plugin itself. */
export function describeDirect({ title, casesIn }: Part): void {
  describeClouds(title, (cloud) => {
    let bench: Promise<Bench> | undefined;
    const side = new CloudSide(cloud);
    afterAll(async () => (await bench)?.close());

    const begin = async ({ operation, trouble }: Case) => {
      bench ??= Bench.open(cloud);
      return attempt(await bench, side, operation, trouble);
    };
    for (const one of casesIn(cloud.name).filter((_case, at) => isSample(cloud, at))) {
      test.concurrent(one.title, () => judged(() => begin(one)), patience * 1000);
    }
  });
}
