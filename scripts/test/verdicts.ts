import { existsSync, readFileSync } from "node:fs";
import type { Verdict } from "../../test/faults/verdicts";

/** Sums up the verdicts in a file, one JSON text per line, for people: `cases N, converged N, orphans N, reported N`. */
export function verdictsInWords(file: string): string {
  const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  const verdicts: Verdict[] = lines.filter((line) => line !== "").map((line) => JSON.parse(line));
  const sum = (count: (verdict: Verdict) => number) => verdicts.reduce((total, one) => total + count(one), 0);
  const converged = verdicts.filter((verdict) => verdict.converged).length;
  const [orphans, reported] = [sum((one) => one.orphans), sum((one) => one.reported)];
  return `cases ${verdicts.length}, converged ${converged}, orphans ${orphans}, reported ${reported}`;
}
