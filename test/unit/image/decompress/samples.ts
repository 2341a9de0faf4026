import { Readable } from "node:stream";
import type { Compression } from "../../../../provider/image/inspect/found";

const unpadded = (text: string) => Buffer.from(text.replaceAll(/\s/g, ""), "base64");

/** What the samples hold: `seq 1 60`. */
export const text = Buffer.from(Array.from({ length: 60 }, (_, index) => `${index + 1}\n`).join(""));

/** `text` as gzip 1.12, bzip2 1.0.8, xz 5.4 and zstd 1.5 pack it. */
export const samples: readonly [Compression, Buffer][] = [
  [
    "gzip",
    unpadded(`H4sIAAAAAAACAw3OyQHAMBDCwL+qMbD46L+xpAGNhAlD2RwuDy0kZBQ0qGijgy56eGFh4+DBxRsffPEji4j8yZAhJZsccsljFiPGzC8OU2Yzh7nMo4uK
      mob+Q6WbHnrpYy8+LLJC7KsAAAA=`),
  ],
  [
    "bzip2",
    unpadded(`QlpoOTFBWSZTWdTm+YsAACHIAAAQf+AgAGhQZNP9Ug0pm/VUn5U2r1yJ7Xl0bAdHAJCAQBu7vdu75mZmX/C5UODsqDpyVAt5KgFVAIABAfC7kinChIan
      N8xY`),
  ],
  [
    "xz",
    unpadded(`/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4ACqAGhdABiCgo8iTvimVffwmaUlDZBFkVpRtJvKrNwFMuyFUp+xSG3v3OhLuWG64JxTf5jIqVQO/D0q0wbX
      ZkQ9VmSmzT3Xxx9E9BjfAgs/4sbGe+Hnf3lEHHm3Qq5luBu1DoThmoIW3YlzxPrgAP2Og9HpkMQ5AAGEAasBAACQX7zgscRn+wIAAAAABFla`),
  ],
  [
    "zstd",
    unpadded(`KLUv/QRojQIAskoTCbDrJEmIcFKYdQN9s8010zyzzDF35gzzySaXTPLIIodcmTLIF1tcMcUTSxxxY8YQX7denfp06dHb2aEfN16c+HDhwcvJgd92Tc9y
      3BkA8vJCfg==`),
  ],
];

/** `text` in two blocks (`xz --block-size=100`), as `xz -T` makes them. */
export const xzBlocks =
  unpadded(`/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4ABjAEddABiCgo8iTvimVffwmaUlDZBFkVpRtJvKrNwFMuyFUp+xSG3v3OhLuWG64JxT
  f5jIqVQO/D0q0wbXZkQ9VmSmzT3Xxx9EohO4AAB6BdaYhzvLWwIAIQEWAAAAdC/lo+AARgAzXQAbgoKvqSZ3kMUF5TxT5tGRQwQ8XG7T3YnILLKZLnX+BNpXCmVQ
  NrJgg87XrKAtySqWuAAAAEY67Knz/99wAAJjZE9HAAAXsc2mscRn+wIAAAAABFla`);

/** Data that is right and asks for more than we give: `seq 1 3` with one option each. */
export const demanding: readonly [string, Compression, Buffer, RegExp][] = [
  [
    "xz --lzma2=dict=128MiB",
    "xz",
    unpadded("/Td6WFoAAATm1rRGAgAhAR4AAACbB1FmAQAFMQoyCjMKAAAA48Gxflu4V04AAR4GwS+kHR+2830BAAAAAARZWg=="),
    /dictionary of more than 64 MiB/,
  ],
  [
    "xz --check=sha256",
    "xz",
    unpadded(
      "/Td6WFoAAArh+wyhAgAhARYAAAB0L+WjAQAFMQoyCjMKAAAAFMXnTEuWzO9BzZTbc6nsM0gDisCU/spP2JfOz/oHza4AATYGa4H5QBibS5oBAAAAAApZWg==",
    ),
    /checksum other than/,
  ],
  [
    "xz --x86 --lzma2",
    "xz",
    unpadded("/Td6WFoAAATm1rRGAgEEACEBFgANhjUfAQAFMQoyCjMKAAAA48Gxflu4V04AAR4GwS+kHR+2830BAAAAAARZWg=="),
    /filter/,
  ],
  ["zstd --long=29", "zstd", unpadded("KLUv/QSYMQAAMQoyCjMKuwiheA=="), /more than 256 MiB of memory/],
];

/** Nothing, packed. */
export const empty: readonly [Compression, Buffer][] = [
  ["gzip", unpadded("H4sIAAAAAAACAwMAAAAAAAAAAAA=")],
  ["bzip2", unpadded("QlpoORdyRThQkAAAAAA=")],
  ["xz", unpadded("/Td6WFoAAATm1rRGAAAAABzfRCEftvN9AQAAAAAEWVo=")],
  ["zstd", unpadded("KLUv/SQAAQAAmenYUQ==")],
];

/** A mebibyte of zeros as xz -9 packs it, and ten as bzip2 -9 does. */
export const xzZeros =
  unpadded(`/Td6WFoAAATm1rRGAgAhARwAAAAQz1jM7///ANldAABv/f//o7f/Rz5IFXI5YVG4kijmo4YH+e7kHoLTL8U6PAFLsX7JiopNL6MN2X+m44wj
  EVPgWRjFdYrid/i2lH8MasDedElk4ulcU7IE2PdEDKtfDW1G6eXDdoi3llestk3haR1v+0uIEGxCy4g/XACP0E6vJiiUcR89jyThcJ6nI1/sKMuF0ZWYin4qkfIn
  dfcZwAaYTZj92K/VkA/EJVP49ZE2MQWlsO5vwXBNRwzRkRGqrWAdus6xJxhcWYbpZlJYvul2rFnk5VsFCPnH2q38+1Iq9+SVJQAAAAAAwva6PqJwa2AAAfUBgIBA
  AHmXf0exxGf7AgAAAAAEWVo=`);
export const bzip2Zeros = unpadded("QlpoOTFBWSZTWTNUU3kAUFBAIMAAAAQACCAAMMwFKaYEgTYgkCeLuSKcKEgZqim8gA==");

export const mebibyte = 1024 * 1024;

/** The bytes as a stream of chunks, of these sizes in turn. */
export function inChunks(bytes: Buffer, ...sizes: number[]): Readable {
  return Readable.from(chunksOf(bytes, sizes), { objectMode: false });
}

function* chunksOf(bytes: Buffer, sizes: number[]): Generator<Buffer> {
  for (let start = 0, turn = 0; start < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? bytes.length;
    yield bytes.subarray(start, start + size);
    start += size;
  }
}

/** All that a stream gives; rejects with its error. */
export async function all(stream: Readable): Promise<Buffer> {
  return Buffer.concat(await stream.toArray());
}
