import type { z } from "zod";
import type { CheckFailure } from "./resource";
import { isUnknown, type Previewed } from "./unknown";

/**
 * Holds inputs to one validator each. What a preview does not know yet passes; null counts as not declared. Every
 * failure names the path of its input.
 */
export function validate<I extends object>(
  shape: Readonly<Record<string, z.ZodType>>,
  news: Record<string, unknown>,
): { inputs: Previewed<I>; failures: CheckFailure[] } {
  const inputs: Record<string, unknown> = {};
  const failures: CheckFailure[] = [];
  for (const [property, value] of Object.entries(news)) {
    if (value === null || value === undefined) continue;
    inputs[property] = value;
    const schema = Object.hasOwn(shape, property) ? shape[property] : undefined;
    if (!schema) failures.push({ property, reason: unknownInput(property, Object.keys(shape)) });
    else if (!isUnknown(value)) failures.push(...failuresOf(property, value, schema));
  }
  return { inputs: inputs as Previewed<I>, failures };
}

/** Failures for the inputs that must be declared and are not. */
export function requireInputs<I extends object>(
  inputs: Previewed<I>,
  names: readonly (keyof I & string)[],
): CheckFailure[] {
  return names
    .filter((name) => inputs[name] === undefined)
    .map((property) => ({ property, reason: "must be declared" }));
}

function failuresOf(property: string, value: unknown, schema: z.ZodType): CheckFailure[] {
  const issues = schema.safeParse(value).error?.issues ?? [];
  return issues
    .filter(({ code, path }) => !leadsToUnknown(value, code === "invalid_key" ? path.slice(0, -1) : path))
    .map((issue) => ({
      property: property + issue.path.map(pathStep).join(""),
      reason: issue.code === "invalid_key" ? (issue.issues[0]?.message ?? issue.message) : issue.message,
    }));
}

/** What is not known yet is nothing that a validator knows; it complains in vain. */
function leadsToUnknown(value: unknown, [step, ...rest]: readonly PropertyKey[]): boolean {
  if (isUnknown(value) || step === undefined) return isUnknown(value);
  return leadsToUnknown((value as Record<PropertyKey, unknown>)[step], rest);
}

function pathStep(step: PropertyKey): string {
  return typeof step === "number" ? `[${step}]` : `[${JSON.stringify(String(step))}]`;
}

function unknownInput(property: string, known: readonly string[]): string {
  const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z]/g, "");
  const meant = known.find((name) => plain(name) === plain(property));
  return meant ? `is not an input; did you mean ${meant}?` : `is not an input; the inputs are ${known.join(", ")}`;
}
