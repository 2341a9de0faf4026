import { createHash } from "node:crypto";
import { Fault } from "./fault";

export const hashAlgorithm = "sha512";

/** What is known of bytes that have passed. */
export interface Digest {
  size: number;
  /** MD5 in hex. */
  checksum: string;
  /** Hex, by `hashAlgorithm`. */
  hashValue: string;
}

/** Counts and hashes bytes on their way. `digest` may be asked for when all have passed. */
export class Digester {
  private size = 0;
  private readonly checksum = createHash("md5");
  private readonly hash = createHash(hashAlgorithm);

  /** Throws `invalid` as soon as more bytes come than `expected`, or at the end when fewer came. Without `expected` any number is right. */
  async *through(source: AsyncIterable<Buffer>, expected?: number): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      this.size += chunk.length;
      this.checksum.update(chunk);
      this.hash.update(chunk);
      if (expected !== undefined && this.size > expected) throw this.wrongSize("Size exceeds", expected);
      yield chunk;
    }
    if (expected !== undefined && this.size < expected) throw this.wrongSize("Size mismatch", expected);
  }

  digest(): Digest {
    return { size: this.size, checksum: this.checksum.digest("hex"), hashValue: this.hash.digest("hex") };
  }

  private wrongSize(what: string, expected: number): Fault {
    return new Fault("invalid", `${what}: expected ${expected} bytes, got ${this.size} bytes`);
  }
}
