import { connect } from "node:net";

/** Milliseconds between two looks. */
const pause = 5000;
/** Looks in a row that must find nobody: an engine may be busy for a moment. */
const misses = 2;

/**
 * Looks again and again whether the engine still listens, and says once that it does not: an engine that is killed tells nobody,
 * and a plugin that waits for its calls would hold its memory and the credentials for ever.
 *
 * @param address - Host and port of the engine.
 */
export function watchEngine(address: string, gone: () => void): void {
  const [host = "", port = ""] = address.split(/:(?=\d+$)/);
  let missed = 0;
  const timer = setInterval(() => {
    const socket = connect({ host, port: Number(port) });
    socket.setTimeout(pause, () => socket.destroy());
    socket.once("connect", () => {
      missed = 0;
      socket.destroy();
    });
    socket.once("error", () => {
      socket.destroy();
      missed += 1;
      if (missed < misses) return;
      clearInterval(timer);
      gone();
    });
  }, pause);
  timer.unref();
}
