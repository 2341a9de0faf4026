import type { Readable } from "node:stream";
import type { Digest } from "./integrity/digest";

/** The bytes of a source, once: whoever wants them again opens the source again. */
export interface SourceStream {
  stream: Readable;
  /** In bytes; undefined where nobody can tell before the end. */
  length: number | undefined;
}

/** A source that is being read. */
export interface OpenSource extends SourceStream {
  /** Hashes that its bytes are known to have, once `confirm` says that they are the same still. */
  known: readonly Digest[];
  /** Hashes that its bytes must have. */
  expected: readonly Digest[];
  /** To be called when all was read, before the last of it is given on. Rejects where the source has changed meanwhile. */
  confirm(): Promise<void>;
}
