import type { Input } from "@pulumi/pulumi";

/** Plain inputs as a program may give them: every value, at any depth, may be an output. */
export type Inputs<T> = { [K in keyof T]: InputOf<T[K]> };

// Not distributed over the members of a union: Input<boolean> is not Input<true> | Input<false>.
type InputOf<T> = [T] extends [(infer E)[] | undefined]
  ? Input<Input<E>[] | undefined>
  : [T] extends [{ [name: string]: string } | undefined]
    ? Input<{ [name: string]: Input<string> } | undefined>
    : Input<T | undefined>;
