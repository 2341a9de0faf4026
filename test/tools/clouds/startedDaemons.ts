import type { Daemon } from "./daemon";

const shared = globalThis as { [key: symbol]: Daemon[] | undefined };
const key = Symbol.for("pulumi-glance.test.daemons");

/** What globalSetup started; jest loads it and globalTeardown with separate module registries. */
shared[key] ??= [];
export const daemons: Daemon[] = shared[key];
