import type { TransportOptions } from "../../http/types";
import type { SourceStream } from "../sourceStream";
import { Download } from "./download";
import { Requester } from "./requester";
import type { RemoteFile } from "./types";

export interface RemoteOptions {
  signal?: AbortSignal | undefined;
  /** Told how many bytes of how many came so far. */
  progress?: ((done: number, total: number | undefined) => void) | undefined;
  /** Connections, times and the first pause between attempts (`backoff`, 1 s). Nothing of the cloud's own belongs here. */
  transport?: TransportOptions | undefined;
}

/**
 * Begins to read the file: each call asks anew. Where the connection breaks or stalls, or the server fails for a while, it goes on with
 * the byte that is missing, unseen by the reader, as long as the server says that the file is still the same. The bytes are never decoded.
 * Whoever opens it reads it to its end or destroys it.
 *
 * @throws SOURCE, here and from the stream: the server refuses, sends a web page or no byte, the file changed meanwhile, or six attempts in a row
 *   brought nothing. ABORTED when the signal aborts.
 */
export async function openRemote(file: RemoteFile, options: RemoteOptions = {}): Promise<SourceStream> {
  const { signal, progress, transport = {} } = options;
  const requester = new Requester(file, transport, signal);
  try {
    const beginning = await requester.whole();
    const { length } = beginning.facts;
    progress?.(0, length);
    return { stream: new Download(file, requester, beginning, (done) => progress?.(done, length)), length };
  } catch (error) {
    await requester.close();
    throw error;
  }
}
