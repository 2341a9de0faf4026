/** A part of a longer piece of work. */
export interface Step {
  run(): Promise<void>;
  /** Takes back what `run` did; `hasFailed` says that this step itself is the one that failed. */
  undo?(hasFailed: boolean): Promise<void>;
}

/**
 * Runs steps one after the other. When one fails, it and those before it are undone, the last first, until all are undone or an undo
 * fails in its turn. Rejects with the first failure.
 */
export async function runFlow(steps: readonly Step[]): Promise<void> {
  const begun: Step[] = [];
  try {
    for (const step of steps) {
      begun.unshift(step);
      await step.run();
    }
  } catch (error) {
    // Glance gives up there, too: what is left undone is visible to its users.
    await undo(begun).catch(() => {});
    throw error;
  }
}

async function undo([failed, ...before]: readonly Step[]): Promise<void> {
  await failed?.undo?.(true);
  for (const step of before) await step.undo?.(false);
}
