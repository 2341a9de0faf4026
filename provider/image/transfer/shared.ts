import type { SourceStream } from "../sourceStream";
import { Group, type Open } from "./group";

/**
 * Fetches a source once for several readers that want it at about the same time.
 *
 * Who comes while the source is being opened, or while it has given no more than its first 4 MiB, gets the same bytes
 * from the first on; who comes later opens it anew. All readers go at the pace of the slowest, with 256 KiB between
 * them, however many they are. One that takes nothing for too long while others wait for it is dropped with STALLED.
 */
export class SharedSources<S extends SourceStream = SourceStream> {
  private readonly groups = new Map<string, Group<S>>();

  /** @param patience - For how many seconds a reader may hold up others; less than these may wait for a byte. Default 60. */
  constructor(private readonly patience = 60) {}

  /**
   * Call it only when the bytes can be sent at once: a reader that waits for anything else holds up all others.
   * A reader that wants no more destroys its stream. The last one to do so ends the fetching.
   *
   * @param key - The same for the same bytes.
   * @param open - Its signal aborts when nobody wants the source any more. Its errors reach every reader as they are, and so does
   * whatever it tells besides the stream.
   * @param signal - Ends this reader's waiting with ABORTED.
   */
  open(key: string, open: Open<S>, signal?: AbortSignal): Promise<S> {
    const group = this.groups.get(key) ?? this.begin(key, open);
    return group.join(signal);
  }

  private begin(key: string, open: Open<S>): Group<S> {
    const closed = () => {
      if (this.groups.get(key) === group) this.groups.delete(key);
    };
    const group = new Group(open, closed, this.patience);
    this.groups.set(key, group);
    return group;
  }
}
