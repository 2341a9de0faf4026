import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";

/** The length of a message's body as its head tells it; undefined where it is not told. */
export function lengthOf({ headers }: IncomingMessage): number | undefined {
  const length = headers["content-length"];
  return length === undefined ? undefined : Number(length);
}

/** Whether the head of a message announces a body. */
export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

export const halfOf = (length: number): number => Math.floor(length / 2);

/**
 * The first half of a body. `atHalf` is called when the reader asks for more; what it throws is thrown to the reader. Where the length is
 * not told, the middle is that of the first chunk. The body is not destroyed.
 */
export async function* firstHalf(body: IncomingMessage, atHalf: () => Promise<void>): AsyncGenerator<Buffer> {
  const length = lengthOf(body);
  let left = length === undefined ? undefined : halfOf(length);
  for await (const chunk of chunksOf(body)) {
    left ??= halfOf(chunk.length);
    if (chunk.length > left) {
      yield chunk.subarray(0, left);
      return atHalf();
    }
    left -= chunk.length;
    yield chunk;
  }
}

/** The chunks of a body that is not destroyed when nobody wants more of them. */
export const chunksOf = (body: Readable): AsyncIterable<Buffer> => body.iterator({ destroyOnReturn: false });
