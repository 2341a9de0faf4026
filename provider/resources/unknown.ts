/** A value that a preview does not know yet, e.g. an output of a resource that is still to be made. */
export const unknown: unique symbol = Symbol.for("pulumi-glance.unknown") as never;
export type Unknown = typeof unknown;

export function isUnknown(value: unknown): value is Unknown {
  return value === unknown;
}

/** True when the value or any part of it is unknown. */
export function hasUnknown(value: unknown): boolean {
  if (isUnknown(value)) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return typeof value === "object" && value !== null && Object.values(value).some(hasUnknown);
}

/** Inputs of a preview: any value, at any depth, may be unknown. */
export type Previewed<T> = { [K in keyof T]: PreviewedValue<T[K]> };
type PreviewedValue<T> =
  | Unknown
  | (T extends readonly (infer E)[]
      ? PreviewedValue<E>[]
      : T extends Record<string, infer V>
        ? string extends keyof T
          ? Record<string, V | Unknown>
          : Previewed<T>
        : T);
