import { GlanceError } from "./errors";

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

function aborted(signal: AbortSignal): GlanceError {
  return new GlanceError({ code: "ABORTED", message: "the operation was cancelled", cause: signal.reason });
}
