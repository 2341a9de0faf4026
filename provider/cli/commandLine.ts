import { type ParseArgsOptionsConfig, parseArgs } from "node:util";

/** Thrown for a command line that cannot be understood; the message is one sentence. */
export class UsageError extends Error {}

/** The values of the options; there are no other arguments. */
export function parseOptions<const T extends ParseArgsOptionsConfig>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    const [sentence = ""] = (error as Error).message.split(/\. |\n/, 1);
    throw new UsageError(`${sentence.replace(/\.$/, "")}.`);
  }
}

/** One of the words that an option knows. */
export function oneOf<const T extends string>(words: readonly T[], option: string, text: string): T {
  const known = words.find((word) => word === text);
  if (known !== undefined) return known;
  throw new UsageError(`--${option} must be one of ${words.join(", ")}, not "${text}".`);
}

/** What a failure says to a person; never a stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}

/** The exit code of a program that fails with this: 2 for a command line that cannot be understood, else 1. */
export function exitCodeOf(error: unknown): number {
  return error instanceof UsageError ? 2 : 1;
}
