import { type Digest, digestText } from "./digest";

/** A hash that is not the one it should be. */
export interface Mismatch {
  expected: Digest;
  actual: Digest;
}

/** What two descriptions of content say of each other; `undefined` where they have no kind of hash in common. */
export function compareDigests(expected: readonly Digest[], actual: readonly Digest[]): Mismatch | "same" | undefined {
  const pairs = expected.flatMap((wanted) =>
    actual
      .filter(({ algorithm }) => algorithm === wanted.algorithm)
      .map((found) => ({ expected: wanted, actual: found })),
  );
  if (pairs.length === 0) return undefined;
  return pairs.find((pair) => pair.expected.value !== pair.actual.value) ?? "same";
}

/** For a sentence about what should be there. */
export function mismatchText({ expected, actual }: Mismatch): string {
  return `${digestText(actual)} instead of ${digestText(expected)}`;
}
