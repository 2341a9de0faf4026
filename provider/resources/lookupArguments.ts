import type { z } from "zod";
import { GlanceError } from "../http/errors";
import type { CheckFailure } from "./resource";
import { requireInputs, validate } from "./validate";

/** The arguments of a function, without those that are null. Throws CONFIG for the first that is wrong or missing. */
export function checkArguments<I extends object>(
  shape: { [K in keyof Required<I>]: z.ZodType<NonNullable<I[K]>> },
  args: I,
  required: readonly (keyof I & string)[] = [],
): I {
  const { inputs, failures } = validate<I>(shape, args as Record<string, unknown>);
  refuse("argument", [...failures, ...requireInputs(inputs, required)]);
  return inputs as I;
}

/** Throws CONFIG for the first failure, if there is one; `kind`: what an input of the function is called. */
export function refuse(kind: "argument" | "filter", [failure]: readonly CheckFailure[]): void {
  if (!failure) return;
  throw new GlanceError({ code: "CONFIG", message: `The ${kind} ${failure.property} ${failure.reason}` });
}
