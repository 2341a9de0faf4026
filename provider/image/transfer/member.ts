import { Readable } from "node:stream";

/** Where the bytes of members come from. */
export interface Feeder {
  /** Gives the member its next chunk, now or when there is one. */
  feed(member: MemberStream): void;
  leave(member: MemberStream): void;
}

/** One reader's view of a source that several read. */
export class MemberStream extends Readable {
  /** How many chunks it was given. */
  chunks = 0;
  /** How many bytes these were. */
  bytes = 0;

  constructor(private readonly feeder: Feeder) {
    super();
    // The source may break before its reader listens. It learns of it all the same: the stream is destroyed.
    this.on("error", () => {});
  }

  /** The chunk is shared with others and must not be changed. */
  give(chunk: Buffer): void {
    this.chunks += 1;
    this.bytes += chunk.length;
    this.push(chunk);
  }

  override _read(): void {
    this.feeder.feed(this);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.feeder.leave(this);
    done(error);
  }
}
