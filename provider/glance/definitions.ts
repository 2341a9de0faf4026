import { isDeepStrictEqual } from "node:util";
import type { NamespaceParts, ObjectDefinition } from "./namespaces";

/** True where two definitions, or lists or maps of them, say the same. What is undefined or null is not said. */
export function sameDefinition(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(plain(a), plain(b));
}

const byNames = <T extends { name: string }>(list: readonly T[]) => Object.fromEntries(byName(list));

/** The parts of a namespace in a form in which only what has a meaning differs. */
const comparable: { [P in keyof NamespaceParts]: (part: NamespaceParts[P]) => unknown } = {
  objects: (objects) => byNames(objects.map(wholeObject)),
  properties: (properties) => properties,
  tags: (tags) => [...new Set(tags)].sort(),
  resourceTypeAssociations: byNames,
};

/** True where both say the same of a part, in any order. */
export function samePart<P extends keyof NamespaceParts>(part: P, a: NamespaceParts[P], b: NamespaceParts[P]): boolean {
  return sameDefinition(comparable[part](a), comparable[part](b));
}

/** An object with everything it says: what it leaves out is empty. */
export function wholeObject({
  required = [],
  properties = {},
  ...object
}: ObjectDefinition): Required<Pick<ObjectDefinition, "name" | "required" | "properties">> & ObjectDefinition {
  return { ...object, required, properties };
}

/** Definitions by their names. */
export function byName<T extends { name: string }>(list: readonly T[]): Map<string, T> {
  return new Map(list.map((one) => [one.name, one]));
}

export interface Difference<T> {
  gone: string[];
  fresh: T[];
  changed: T[];
}

/** What turns `current` into `wanted`, each by name. */
export function difference<T>(current: ReadonlyMap<string, T>, wanted: ReadonlyMap<string, T>): Difference<T> {
  const names = [...wanted.keys()];
  const those = (holds: (name: string) => boolean) => names.filter(holds).map((name) => wanted.get(name) as T);
  return {
    gone: [...current.keys()].filter((name) => !wanted.has(name)),
    fresh: those((name) => !current.has(name)),
    changed: those((name) => current.has(name) && !sameDefinition(current.get(name), wanted.get(name))),
  };
}

/** Of this realm's own prototypes, which the comparison looks at. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const said = Object.entries(value).filter(([, inner]) => inner !== undefined && inner !== null);
  return Object.fromEntries(said.map(([key, inner]) => [key, plain(inner)]));
}
