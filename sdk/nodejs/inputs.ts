import type { Input } from "@pulumi/pulumi";

/** Plain inputs as a program may give them: every value, at any depth, may be an output. */
export type Inputs<T> = { [K in keyof T]: InputOf<T[K]> };

type InputOf<T> = T extends (infer E)[]
  ? Input<Input<E>[]>
  : T extends { [name: string]: string }
    ? Input<{ [name: string]: Input<string> }>
    : Input<T>;
