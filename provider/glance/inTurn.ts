const last = new Map<string, Promise<unknown>>();

/** Does one piece of work after the other where they concern the same thing, in the order in which they came. */
export async function inTurn<T>(thing: string, work: () => Promise<T>): Promise<T> {
  const mine = (last.get(thing) ?? Promise.resolve()).then(work);
  const ended = mine.catch(() => {});
  last.set(thing, ended);
  try {
    return await mine;
  } finally {
    if (last.get(thing) === ended) last.delete(thing);
  }
}
