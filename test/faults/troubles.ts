import type { Troubles } from "./cases";
import { mishapsFor, ruleFor } from "./faults";
import type { RecordedStep } from "./recording";

/** Answers that do not come, or come wrong. */
export const answeredWrong: Troubles = (step, _steps, operation) =>
  Object.fromEntries(mishapsFor(step, operation).map((mishap) => [mishap.name, { rule: ruleFor(step, mishap) }]));

/** The plugin is killed while a request is under way: before the service has it, and when the service has done it. */
export const killedPlugin: Troubles = (step, steps) => {
  const killed = (when: "before" | "after") => ({
    rule: ruleFor(step, { when, fault: { kind: "hold" } }),
    kills: true,
  });
  return {
    "killed before": killed("before"),
    "killed after": { ...killed("after"), mayLeave: isLastOfCreate(step, steps) },
  };
};

/** The image is complete then, and only the answer that was lost could have brought its id into the state. */
function isLastOfCreate(step: RecordedStep, steps: readonly RecordedStep[]): boolean {
  const creates = steps.some(({ method, path }) => method === "POST" && path === "/v2/images");
  return creates && step === steps.findLast(({ method }) => method === "PATCH");
}
