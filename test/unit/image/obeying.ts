import type { ImageApi } from "../../../provider/glance/api";
import { GlanceError } from "../../../provider/http/errors";

/** The same image service, which like a real transport does nothing for a caller whose signal is aborted. `before` sees each call. */
export function obeying<T extends ImageApi>(api: T, before: (call: string) => void): T {
  return new Proxy(api, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return (...args: unknown[]) => {
        before(String(name));
        const isAborted = args.some((arg) => signalIn(arg)?.aborted);
        const error = new GlanceError({ code: "ABORTED", message: "the operation was cancelled", notSent: true });
        if (!isAborted) return Reflect.apply(member, target, args);
        return name === "list" ? rejecting(error) : Promise.reject(error);
      };
    },
  });
}

function signalIn(options: unknown): AbortSignal | undefined {
  return typeof options === "object" && options !== null ? (options as { signal?: AbortSignal }).signal : undefined;
}

// biome-ignore lint/correctness/useYield: it fails before its first value.
async function* rejecting(error: Error): AsyncIterable<never> {
  throw error;
}
