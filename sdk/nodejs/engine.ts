import { Socket } from "node:net";
import { engineAddressIn, watchEngine } from "../../provider/pulumi/engineWatch";

/** How long running operations have to leave the cloud in order once nobody waits for them, in milliseconds. */
const patience = 20_000;

const gone = new AbortController();
const running = new Set<Promise<unknown>>();
let isWatched = false;

/**
 * Does an operation for the engine. The signal aborts when the engine is killed, for nobody would note what the operation makes. Pulumi's
 * dynamic provider process would live on for ever; it ends when all our operations have ended.
 */
export async function forEngine<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  watch();
  // One for each: Node warns of a signal with many listeners.
  const done = work(AbortSignal.any([gone.signal]));
  running.add(done);
  try {
    return await done;
  } finally {
    running.delete(done);
  }
}

function watch(): void {
  if (isWatched) return;
  isWatched = true;
  const [, script = "", ...args] = process.argv;
  const address = engineAddressIn(args);
  // No other process is ours to end.
  if (address === undefined || !/[\\/]cmd[\\/]dynamic-provider\b/.test(script)) return;
  const engine = watchEngine(address, end);
  atEndOfInput(() => engine.doubt());
}

/** The engine holds the other end of our standard input: when it dies, we learn it at once. */
function atEndOfInput(act: () => void): void {
  const { stdin } = process;
  if (!(stdin instanceof Socket) || stdin.isTTY) return;
  stdin.once("error", () => {}).once("close", act);
  stdin.resume().unref();
}

async function end(): Promise<void> {
  gone.abort();
  setTimeout(() => process.exit(), patience);
  await Promise.allSettled(running);
  process.exit();
}
