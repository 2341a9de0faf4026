import type { ResourceContext } from "./resource";

/** A function of the package that only asks: plain arguments in, plain results out. Throws a GlanceError. */
export interface Lookup<I, O> {
  token: string;
  invoke(args: I, context: ResourceContext): Promise<O>;
}
