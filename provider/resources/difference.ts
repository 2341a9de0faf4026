import type { DiffResult } from "./resource";
import type { Previewed } from "./unknown";

/** One way in which the wanted resource may differ from the one that exists. */
export interface Difference {
  path: string;
  replace: boolean;
}

export function asDiff(differences: readonly Difference[]): DiffResult {
  const paths = (which: readonly Difference[]) => [...new Set(which.map(({ path }) => path))];
  return { changes: paths(differences), replaces: paths(differences.filter(({ replace }) => replace)) };
}

/** Those of the inputs that differ from the state and cannot change in place. */
export function replacing<T extends object>(
  names: readonly (keyof T & string)[],
  state: T,
  news: Previewed<T>,
): Difference[] {
  return names.filter((name) => news[name] !== state[name]).map((path) => ({ path, replace: true }));
}
