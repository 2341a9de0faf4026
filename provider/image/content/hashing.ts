import { createHash, type Hash } from "node:crypto";
import type { Digest, HashAlgorithm } from "../integrity/digest";

/** Several hashes of the same bytes. */
export class Hashing {
  private readonly hashes: ReadonlyMap<HashAlgorithm, Hash>;

  constructor(algorithms: Iterable<HashAlgorithm>) {
    this.hashes = new Map([...new Set(algorithms)].map((algorithm) => [algorithm, createHash(algorithm)]));
  }

  update(chunk: Buffer): void {
    for (const hash of this.hashes.values()) hash.update(chunk);
  }

  /** Of what was seen so far. */
  digests(): Digest[] {
    return [...this.hashes].map(([algorithm, hash]) => ({ algorithm, value: hash.copy().digest("hex") }));
  }
}
