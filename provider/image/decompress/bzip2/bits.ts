/** Thrown where the bytes at hand end within what is being read. */
export class OutOfBits extends Error {}

/** Bytes read bit by bit, the highest bit first, all at hand: nothing here waits. */
export class Bits {
  private bytes: Buffer = Buffer.alloc(0);
  private position = 0;
  /** Its lowest `count` bits are yet to be read. */
  private buffer = 0;
  private count = 0;

  /** Whole bytes that are yet to be read. */
  get available(): number {
    return this.bytes.length - this.position + (this.count >> 3);
  }

  append(chunks: readonly Buffer[]): void {
    this.bytes = Buffer.concat([this.bytes.subarray(this.position), ...chunks]);
    this.position = 0;
  }

  /** The next bits, at most 24, without going on. Beyond the end there are zeros. */
  peek(width: number): number {
    while (this.count < width) {
      this.buffer = (this.buffer << 8) | (this.bytes[this.position++] ?? 0);
      this.count += 8;
    }
    return (this.buffer >>> (this.count - width)) & ((1 << width) - 1);
  }

  skip(width: number): void {
    this.count -= width;
    if (this.position - (this.count >> 3) > this.bytes.length) throw new OutOfBits();
  }

  /** At most 24 bits. */
  take(width: number): number {
    const value = this.peek(width);
    this.skip(width);
    return value;
  }

  /** 32 bits, signed as operators on bits want them. */
  word(): number {
    return (this.take(16) << 16) | this.take(16);
  }

  isSet(): boolean {
    return this.take(1) === 1;
  }

  /** Goes on to the next whole byte. */
  align(): void {
    this.skip(this.count & 7);
  }
}
