import { abandonable } from "../http/abandon";

/** Fetches once what does not change while the provider runs. A failure is not remembered: the next caller tries again. */
export function remembered<T>(fetch: () => Promise<T>): (signal?: AbortSignal) => Promise<T> {
  let known: Promise<T> | undefined;
  return (signal) => {
    known ??= fetch().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return abandonable(known, signal);
  };
}
