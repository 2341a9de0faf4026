import { abandonable } from "../http/abandon";
import { GlanceError } from "../http/errors";
import { withoutSecrets } from "../http/redact";
import type { ResourceContext } from "../resources/resource";
import { behind } from "./behind";
import type { Plugin } from "./plugin";
import { withoutTexts } from "./withoutTexts";

/** Node's timers count milliseconds in 31 bits. */
const longest = 2 ** 31 - 1;

interface Asked {
  /** The resource; absent for functions. */
  urn?: string;
  /** What is done, as `customTimeouts` calls it. */
  step: "create" | "read" | "update" | "delete" | "invoke";
  /** Seconds that it may take; 0: no limit of its own. */
  timeout?: number;
  /** Texts that no failure may show. */
  hidden?: readonly string[];
}

/** Does something in a cloud until it is done, cancelled or out of time; what it has to say is shown at the resource. */
export async function operate<T>(
  plugin: Plugin,
  { urn, step, timeout = 0, hidden = [] }: Asked,
  work: (context: ResourceContext) => Promise<T>,
): Promise<T> {
  const deadline = new AbortController();
  const end = () => deadline.abort(outOfTime(step, timeout));
  const timer = timeout > 0 ? setTimeout(end, Math.min(timeout * 1000, longest)) : undefined;
  const signal = AbortSignal.any([plugin.cancelled, deadline.signal]);
  const { ProgressLine } = behind();
  const line = new ProgressLine(() => performance.now());
  const context: ResourceContext = {
    // Others may wait for the same connection: the end of this operation ends its own wait only.
    connect: (where) => abandonable(plugin.connect(where), signal),
    capabilities: plugin.capabilities,
    directory: plugin.directory,
    failedLooks: plugin.failedLooks,
    signal,
    ...(timeout > 0 && { timeout }),
    ...(urn !== undefined && {
      warn: (text) => plugin.log.warn(withoutSecrets(text, hidden), urn),
      report: (progress) => {
        const text = line.next(progress);
        if (text !== undefined) plugin.log.progress(withoutSecrets(text, hidden), urn);
      },
    }),
  };
  try {
    return await plugin.during(work(context));
  } catch (error) {
    const isCutOff = error instanceof GlanceError && error.code === "ABORTED";
    throw isCutOff && deadline.signal.aborted ? deadline.signal.reason : withoutTexts(error, hidden);
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
