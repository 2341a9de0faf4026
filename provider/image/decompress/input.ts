/** Compressed data on its way into a decoder. */
export class Input {
  /** Bytes that came so far. */
  read = 0;
  private readonly iterator: AsyncIterator<Buffer>;
  private returned: Buffer | undefined;

  /** @param partial - Whether the data may stop anywhere: its decoder then gives what there is. */
  constructor(
    source: AsyncIterable<Buffer>,
    readonly partial = false,
  ) {
    this.iterator = source[Symbol.asyncIterator]();
  }

  /** Some more bytes, never none; undefined at the end. */
  async next(): Promise<Buffer | undefined> {
    const again = this.returned;
    this.returned = undefined;
    if (again) return again;
    for (;;) {
      const { value, done } = await this.iterator.next();
      if (done) return undefined;
      this.read += value.length;
      if (value.length > 0) return value;
    }
  }

  /** Bytes at the end of what `next` gave, to be given once more. */
  giveBack(rest: Buffer): void {
    if (rest.length > 0) this.returned = rest;
  }

  async isAtEnd(): Promise<boolean> {
    const chunk = await this.next();
    if (chunk) this.giveBack(chunk);
    return !chunk;
  }
}

/** The content of compressed data. Throws SOURCE where the data is not complete, or anything follows it. */
export type Decoder = (input: Input) => AsyncGenerator<Buffer>;
