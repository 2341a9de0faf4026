import type { CloudUnderTest } from "../tools/clouds/types";
import { type Operation, operations } from "./operations";
import { isLook, type Step, titleOf } from "./steps";

/** The steps of each operation, by the names of cloud and operation. */
export type Recording = Record<string, Record<string, Step[]>>;

/** Variable through which jest's workers learn the recording. */
export const recordingVariable = "GLANCE_FAULT_STEPS";

/** Requests that every operation begins with, before anything can be made or changed. */
const isOpening = ({ path }: Step) => /\/auth\/tokens$|^\/versions$|\/schemas\/|\/info\//.test(path);

/** A step, and whether an operation before makes such a request, too. */
export interface RecordedStep extends Step {
  isKnown: boolean;
}

/** The operations with the steps that are worth trying in a cloud. What every operation begins with is a step of the first only. */
export function recordedSteps(cloud: CloudUnderTest["name"]): { operation: Operation; steps: RecordedStep[] }[] {
  const recording: Recording = JSON.parse(process.env[recordingVariable] ?? "{}");
  const known = new Set<string>();
  return operations.map((operation) => {
    const recorded = recording[cloud]?.[operation.name] ?? [];
    const steps = recorded.map((step) => ({ ...step, isKnown: known.has(titleOf(step)) }));
    for (const step of recorded) known.add(titleOf(step));
    const isDull = (step: Step) => isOpening(step) || (operation.isVariant && isLook(step));
    return { operation, steps: steps.filter((step) => !(step.isKnown && isDull(step))) };
  });
}
