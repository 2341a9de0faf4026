import type { ErrorFacts } from "./errors";

type Expired = (failure: Pick<ErrorFacts, "code" | "message">) => void;

/** Watches one attempt of a request. It never keeps the process alive: the connection it watches does. */
export interface Watch {
  /** The request is being written to a connection. */
  begun(): void;
  /** A byte went either way. */
  moved(): void;
  /** The last byte of the request was written. */
  sent(): void;
  /** The reader of the answer wants no more for now, which is not the server's fault. */
  paused(): void;
  end(): void;
}

/** An ordinary request: everything within `seconds`, connecting included. */
export function deadline(seconds: number, expired: Expired): Watch {
  const message = `no complete answer came within ${seconds} s`;
  const timer = setTimeout(() => expired({ code: "TIMEOUT", message }), milliseconds(seconds)).unref();
  const nothing = () => {};
  return { begun: nothing, moved: nothing, sent: nothing, paused: nothing, end: () => clearTimeout(timer) };
}

/**
 * A transfer: it may take for ever as long as bytes move. Waiting for a free connection is not watched.
 * With `answer`, the server may take that long to answer after the last byte. A moved byte costs one reading of the clock; the one timer finds out when it fires.
 */
export function idleWatch(limits: { idle: number; answer?: number | undefined }, expired: Expired): Watch {
  const stalled = { code: "STALLED", message: `no byte moved for ${limits.idle} s` } as const;
  const { answer } = limits;
  const silent = {
    code: "TIMEOUT",
    message: `no answer came within ${answer} s after the last byte was sent`,
  } as const;
  let last = 0;
  let limit = limits.idle;
  let failure: Parameters<Expired>[0] = stalled;
  let timer: NodeJS.Timeout | undefined;

  const look = () => {
    const left = limit * 1000 - (performance.now() - last);
    if (left > 0) timer = setTimeout(look, left).unref();
    else expired(failure);
  };
  const restart = (seconds: number, meaning: typeof failure) => {
    clearTimeout(timer);
    last = performance.now();
    limit = seconds;
    failure = meaning;
    timer = setTimeout(look, milliseconds(seconds)).unref();
  };
  const moved = () => {
    last = performance.now();
    if (failure !== stalled || timer === undefined) restart(limits.idle, stalled);
  };
  const end = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    begun: moved,
    moved,
    sent: () => (answer === undefined ? moved() : restart(answer, silent)),
    paused: end,
    end,
  };
}

/** Longer than this, Node fires at once. */
function milliseconds(seconds: number): number {
  return Math.min(seconds * 1000, 2 ** 31 - 1);
}
