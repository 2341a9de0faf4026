import type { CloudUnderTest } from "../tools/clouds/types";
import type { Operation } from "./operations";
import { type RecordedStep, recordedSteps } from "./recording";
import { titleOf } from "./steps";
import type { Trouble } from "./trial";

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

/** Seconds that a case may take: it waits for many answers that do not come, and for the processor. */
export const patience = 300;
