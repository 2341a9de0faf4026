import type { Input } from "@pulumi/pulumi";

/** Plain inputs as a program may give them: every value, at any depth, may be an output. */
export type Inputs<T> = { [K in keyof T]: InputOf<T[K]> };

// Not distributed over the members of a union: Input<boolean> is not Input<true> | Input<false>.
type InputOf<T> = [T] extends [(infer E)[] | undefined]
  ? Input<PartOf<E>[] | undefined>
  : [T] extends [{ [name: string]: infer V } | undefined]
    ? Input<{ [name: string]: PartOf<V> } | undefined>
    : PartOf<T>;

/** Of an object every value may be an output as well. */
type PartOf<T> = [T] extends [string | number | boolean | undefined] ? Input<T> : Input<Inputs<T>>;
