import { GlanceError } from "../http/errors";

/** Waits for work that others may wait for too: the signal ends this wait and not the work. */
export async function abandonable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  let abandon = (): void => undefined;
  const abandoned = new Promise<never>((_, reject) => {
    abandon = () => reject(aborted(signal));
    if (signal.aborted) abandon();
    else signal.addEventListener("abort", abandon, { once: true });
  });
  try {
    return await Promise.race([work, abandoned]);
  } finally {
    signal.removeEventListener("abort", abandon);
  }
}

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

function aborted(signal: AbortSignal): GlanceError {
  return new GlanceError({ code: "ABORTED", message: "the operation was cancelled", cause: signal.reason });
}
