import { describeClouds } from "../tools/clouds/current";
import type { CloudUnderTest } from "../tools/clouds/types";
import { Bench } from "./bench";
import { CloudSide } from "./cloudSide";
import type { Operation } from "./operations";
import { type RecordedStep, recordedSteps } from "./recording";
import { titleOf } from "./steps";
import { attempt, type Trouble } from "./trial";
import { judged } from "./verdicts";

/** What is tried at a step of an operation, by the words for it. */
export type Troubles = (
  step: RecordedStep,
  all: readonly RecordedStep[],
  operation: Operation,
) => Record<string, Trouble>;

/** An operation, what happens to it, and words for both. */
export interface Case {
  title: string;
  operation: Operation;
  trouble: Trouble;
}

/** A case for every operation, every request that it makes in a cloud, and everything that may go wrong with that. */
export function casesOf(
  cloud: CloudUnderTest["name"],
  isMeant: (operation: Operation) => boolean,
  troubles: Troubles,
): Case[] {
  return recordedSteps(cloud)
    .filter(({ operation }) => isMeant(operation))
    .flatMap(({ operation, steps }) =>
      steps.flatMap((step) =>
        Object.entries(troubles(step, steps, operation)).map(([words, trouble]) => {
          return { title: `${operation.name}, ${titleOf(step)}: ${words}`, operation, trouble };
        }),
      ),
    );
}

/** Every how many cases one is tried with the real Glance: the others would take too long. */
const isSample = (cloud: CloudUnderTest, at: number) => cloud.name === "local" || at % 10 === 0;

/** Seconds that a case may take: it waits for many answers that do not come, and for the processor. */
export const patience = 300;

/** Declares cases that drive the plugin itself. */
export function describeTroubles(title: string, isMeant: (operation: Operation) => boolean, troubles: Troubles): void {
  describeClouds(title, (cloud) => {
    let bench: Promise<Bench> | undefined;
    const side = new CloudSide(cloud);
    afterAll(async () => (await bench)?.close());

    const begin = async ({ operation, trouble }: Case) => {
      bench ??= Bench.open(cloud);
      return attempt(await bench, side, operation, trouble);
    };
    for (const one of casesOf(cloud.name, isMeant, troubles).filter((_case, at) => isSample(cloud, at))) {
      test.concurrent(one.title, () => judged(() => begin(one)), patience * 1000);
    }
  });
}
