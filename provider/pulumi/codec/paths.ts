import type { Path } from "./decode";

/** Steps of a property path as Pulumi writes it: `a.b`, `a["b.c"]`, `a[0]`, `a.*`. Undefined for what is none. */
export function stepsOf(text: string): Path | undefined {
  const steps: (string | number)[] = [];
  const step = /\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|\[(\*)\]|\.?([^.[\]"]+)/y;
  while (step.lastIndex < text.length) {
    const match = step.exec(text);
    if (!match) return undefined;
    const [, index, quoted, star, name] = match;
    steps.push(index !== undefined ? Number(index) : (unquoted(quoted) ?? star ?? (name as string)));
  }
  return steps;
}

/** Those of the texts that are property paths. */
export function pathsOf(texts: readonly string[]): Path[] {
  return texts.map(stepsOf).filter((path) => path !== undefined && path.length > 0) as Path[];
}

/** True where the path is, or is below, one of the others; `*` stands for any one step. */
export function isCovered(path: Path, others: readonly Path[]): boolean {
  const isSame = (step: string | number | undefined, pattern: string | number) =>
    step !== undefined && (pattern === "*" || String(step) === String(pattern));
  return others.some((other) => other.every((part, at) => isSame(path[at], part)));
}

/** The value at a path; undefined where nothing is. */
export function valueAt(values: unknown, [step, ...rest]: Path): unknown {
  if (step === undefined) return values;
  if (typeof values !== "object" || values === null || !Object.hasOwn(values, step)) return undefined;
  return valueAt((values as Record<string | number, unknown>)[step], rest);
}

/** The values with those at the paths taken from others instead, or removed where those have none. */
export function takenFrom(
  others: Record<string, unknown>,
  values: Record<string, unknown>,
  paths: readonly Path[],
): Record<string, unknown> {
  return paths.reduce((result, path) => withValue(result, path, others), values);
}

function withValue(values: Record<string, unknown>, path: Path, others: unknown): Record<string, unknown> {
  const [step, ...rest] = path;
  if (step === undefined) return values;
  const names = step === "*" ? [...new Set([...keysOf(values), ...keysOf(others)])] : [String(step)];
  const entries = names.map((name) => {
    const other = valueAt(others, [name]);
    if (rest.length === 0) return [name, other] as const;
    const own = values[name];
    return [name, isMap(own) ? withValue(own, rest, other) : own] as const;
  });
  const changed = { ...values, ...Object.fromEntries(entries) };
  return Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined));
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const keysOf = (value: unknown) => (isMap(value) ? Object.keys(value) : []);

function unquoted(text: string | undefined): string | undefined {
  return text?.replaceAll(/\\(.)/g, "$1");
}
