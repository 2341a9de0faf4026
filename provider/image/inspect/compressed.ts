import type { Compression, Found, Sample } from "./found";

const magicLength = 10;

/**
 * How compressed data begins: gzip (RFC 1952, whose reserved flags are clear), bzip2 (a level, then the first block or the end of an
 * empty stream), xz ("The .xz File Format"), zstd (RFC 8878).
 */
const beginnings: readonly [Compression, RegExp][] = [
  ["gzip", /^1f8b08[01]/],
  ["bzip2", /^425a683[1-9](314159265359|177245385090)/],
  ["xz", /^fd377a585a00/],
  ["zstd", /^28b52ffd/],
];

export function compressed({ head }: Sample): Found | undefined {
  const magic = head.toString("hex", 0, magicLength);
  const [format] = beginnings.find(([, beginning]) => beginning.test(magic)) ?? [];
  return format && { format, fits: [] };
}
