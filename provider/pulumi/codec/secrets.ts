import type { Decoded, Path } from "./decode";
import { valueAt } from "./paths";

/** Names of outputs and the inputs that they are made from. */
export type Follows = Readonly<Record<string, string>>;

/** Where values are secret because they are made from secret inputs. */
export function followers(secrets: readonly Path[], follows: Follows = {}): Path[] {
  return Object.entries(follows).flatMap(([output, input]) =>
    secrets.filter(([first]) => first === input).map(([, ...rest]) => [output, ...rest]),
  );
}

/**
 * Where the outputs of secret inputs are secret: under the same names, and in what follows them. A list that holds a
 * secret is one as a whole: the image service has an order of its own.
 */
export function secretsInOutputs(secrets: readonly Path[], follows?: Follows): Path[] {
  const whole = secrets.map((path) => {
    const position = path.findIndex((step) => typeof step === "number");
    return position < 0 ? path : path.slice(0, position);
  });
  return [...whole, ...followers(whole, follows)];
}

/** The texts that are secret, to be kept out of messages. A shorter one would blacken half of a sentence and protect nobody. */
export function secretTexts(...all: readonly Decoded[]): string[] {
  const texts = all.flatMap(({ values, secrets }) => secrets.flatMap((path) => leaves(valueAt(values, path))));
  return [...new Set(texts)].filter((text) => text.length >= 4);
}

function leaves(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(leaves);
}
