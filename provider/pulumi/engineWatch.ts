import { connect } from "node:net";

/** Milliseconds between two looks. */
const pause = 5000;
/** The same once something says that the engine may be gone. */
const doubtfulPause = 500;
/** Looks in a row that must find nobody: an engine may be busy for a moment. */
const misses = 2;

export interface EngineWatch {
  /** Something says that the engine may be gone: looks at once, and more often from now on. */
  doubt(): void;
}

/** The engine's address is the only argument of a provider that is no flag of its own (`--logtostderr`, `-v=9`, `--tracing URL`). */
export function engineAddressIn(args: readonly string[]): string | undefined {
  return args.find((argument) => /^[\w.]+:\d+$/.test(argument));
}

/**
 * Looks again and again whether the engine still listens, and says once that it does not: an engine that is killed tells nobody,
 * and a plugin that waits for its calls would hold its memory and the credentials for ever.
 *
 * @param address - Host and port of the engine.
 */
export function watchEngine(address: string, gone: () => void): EngineWatch {
  const [host = "", port = ""] = address.split(/:(?=\d+$)/);
  let missed = 0;
  let timer = every(pause);

  function every(milliseconds: number): NodeJS.Timeout {
    return setInterval(look, milliseconds).unref();
  }

  function look(): void {
    const socket = connect({ host, port: Number(port) });
    socket.setTimeout(pause, () => socket.destroy());
    socket.once("connect", () => {
      missed = 0;
      socket.destroy();
    });
    socket.once("error", () => {
      socket.destroy();
      missed += 1;
      if (missed !== misses) return;
      clearInterval(timer);
      gone();
    });
  }

  return {
    doubt() {
      if (missed >= misses) return;
      clearInterval(timer);
      timer = every(doubtfulPause);
      look();
    },
  };
}
