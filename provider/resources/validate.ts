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
    else if (!isUnknown(value)) failures.push(...failuresOf(property, schema.safeParse(withStandIns(value))));
  }
  return { inputs: inputs as Previewed<I>, failures };
}

function failuresOf(property: string, result: z.ZodSafeParseResult<unknown>): CheckFailure[] {
  if (result.success) return [];
  return result.error.issues.map((issue) => ({
    property: property + issue.path.map(pathStep).join(""),
    reason: issue.code === "invalid_key" ? (issue.issues[0]?.message ?? issue.message) : issue.message,
  }));
}

function pathStep(step: PropertyKey): string {
  return typeof step === "number" ? `[${step}]` : `[${JSON.stringify(String(step))}]`;
}

/** Unknown elements of lists and maps are strings in the end; any string stands for them. */
function withStandIns(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((element) => (isUnknown(element) ? "unknown" : element));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, element]) => [key, isUnknown(element) ? "unknown" : element]),
  );
}

function unknownInput(property: string, known: readonly string[]): string {
  const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z]/g, "");
  const meant = known.find((name) => plain(name) === plain(property));
  return meant ? `is not an input; did you mean ${meant}?` : `is not an input; the inputs are ${known.join(", ")}`;
}
