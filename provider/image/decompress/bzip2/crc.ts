/** CRC-32 as bzip2 has it: zlib's polynomial, the highest bit first. */
export class Crc {
  private state = -1;

  update(bytes: Uint8Array): void {
    let state = this.state;
    for (let index = 0; index < bytes.length; index++) {
      state = (state << 8) ^ (table[(state >>> 24) ^ (bytes[index] as number)] as number);
    }
    this.state = state;
  }

  /** Signed, as operators on bits want it. */
  get value(): number {
    return ~this.state;
  }
}

const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let state = byte << 24;
  for (let bit = 0; bit < 8; bit++) state = (state << 1) ^ (state < 0 ? 0x04c11db7 : 0);
  return state;
});
