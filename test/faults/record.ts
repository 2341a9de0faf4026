import type { Bench } from "./bench";
import type { Operation } from "./operations";
import { type Step, stepsOf } from "./steps";
import { actOf, programs } from "./trial";

/** The requests that an operation makes where nothing goes wrong. */
export async function recordSteps(bench: Bench, operation: Operation): Promise<Step[]> {
  const place = await bench.place(operation);
  const { stack, wire, materials } = place;
  try {
    const { before, wanted } = programs(operation, materials);
    await must(operation, stack.up(before));
    wire.forget();
    await must(operation, actOf(operation)(stack, wanted).ended);
    const steps = stepsOf(wire.seen);
    await must(operation, stack.destroy());
    return steps;
  } finally {
    await bench.leave(place);
  }
}

async function must({ name }: Operation, run: Promise<{ errors: string[] }>): Promise<void> {
  const { errors } = await run;
  if (errors.length > 0) throw new Error(`"${name}" fails without any fault: ${errors.join("\n")}`);
}
