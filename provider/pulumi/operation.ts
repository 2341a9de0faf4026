import { abandonable } from "../http/abandon";
import { GlanceError } from "../http/errors";
import type { ResourceContext } from "../resources/resource";
import { behind } from "./behind";
import type { Plugin } from "./plugin";

/** Node's timers count milliseconds in 31 bits. */
const longest = 2 ** 31 - 1;

interface Asked {
  /** The resource; absent for functions. */
  urn?: string;
  /** What is done, as `customTimeouts` calls it. */
  step: "create" | "read" | "update" | "delete" | "invoke";
  /** Seconds that it may take; 0: no limit of its own. */
  timeout?: number;
}

/** Does something in a cloud until it is done, cancelled or out of time; what it has to say is shown at the resource. */
export async function operate<T>(
  plugin: Plugin,
  { urn, step, timeout = 0 }: Asked,
  work: (context: ResourceContext) => Promise<T>,
): Promise<T> {
  const deadline = new AbortController();
  const end = () => deadline.abort(outOfTime(step, timeout));
  const timer = timeout > 0 ? setTimeout(end, Math.min(timeout * 1000, longest)) : undefined;
  const signal = AbortSignal.any([plugin.cancelled, deadline.signal]);
  const { ProgressLine } = behind();
  const line = new ProgressLine(() => performance.now());
  const context: ResourceContext = {
    connect: (where) => abandonable(plugin.connect(where), signal),
    capabilities: plugin.capabilities,
    directory: plugin.directory,
    signal,
    ...(timeout > 0 && { timeout }),
    ...(urn !== undefined && {
      report: (progress) => {
        const text = line.next(progress);
        if (text !== undefined) plugin.log.progress(text, urn);
      },
    }),
  };
  try {
    return await work(context);
  } catch (error) {
    const isCutOff = error instanceof GlanceError && error.code === "ABORTED";
    throw isCutOff && deadline.signal.aborted ? deadline.signal.reason : error;
  } finally {
    clearTimeout(timer);
    await plugin.log.flush();
  }
}

function outOfTime(step: string, seconds: number): GlanceError {
  return new GlanceError({
    code: "TIMEOUT",
    message: `The ${step} was not finished after ${seconds} s`,
    hint: `Raise customTimeouts.${step}`,
  });
}
