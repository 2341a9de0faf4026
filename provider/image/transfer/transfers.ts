import type { Readable } from "node:stream";
import type { TransportOptions } from "../../http/types";
import type { Content } from "../content/content";
import { Turns } from "../turns";
import { Bandwidth } from "./bandwidth";
import { SharedSources } from "./shared";

export interface TransferLimits {
  /** Transfers at a time. Default 4. */
  atATime?: number | undefined;
  /** Bytes per second of all of them together. Default: no limit. */
  bytesPerSecond?: number | undefined;
  /** Seconds that a transfer may move no byte. Default 120. */
  idleTimeout?: number | undefined;
  /** Seconds for one attempt of an ordinary request. Default 60. */
  requestTimeout?: number | undefined;
}

const usuallyAtATime = 4;
const usuallyIdle = 120;

/** What the transfers of one process share: this machine's way to the network, whichever cloud they go to. */
export class Transfers {
  private readonly turns: Turns;
  private readonly bandwidth: Bandwidth | undefined;
  private readonly sources: SharedSources<Content>;
  /** How the servers of sources are reached: as this machine reaches any other, whatever is configured for the cloud's certificates. */
  readonly transport: TransportOptions;

  constructor({
    atATime = usuallyAtATime,
    bytesPerSecond,
    idleTimeout = usuallyIdle,
    requestTimeout,
  }: TransferLimits = {}) {
    // Whoever waits for a source moves no byte either: what holds it up must be noticed before the image service gives up.
    const patience = idleTimeout / 2;
    this.transport = { idleTimeout: patience, requestTimeout };
    this.sources = new SharedSources(patience);
    this.turns = new Turns(atATime);
    this.bandwidth = bytesPerSecond === undefined ? undefined : new Bandwidth(bytesPerSecond);
  }

  /** Does the work when its turn has come; see Turns. */
  take<T>(work: () => Promise<T>, signal?: AbortSignal, waits?: () => void): Promise<T> {
    return this.turns.take(work, signal, waits);
  }

  /** The stream, no faster than its share of the bandwidth. */
  limited(stream: Readable): Readable {
    return this.bandwidth?.limited(stream) ?? stream;
  }

  /** The content of a source that images with the same key read side by side; to be called by one whose turn has come. */
  shared(key: string, open: (signal?: AbortSignal) => Promise<Content>, signal?: AbortSignal): Promise<Content> {
    return this.sources.open(key, open, signal);
  }
}
