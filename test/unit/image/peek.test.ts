import { once } from "node:events";
import { Readable } from "node:stream";
import fc from "fast-check";
import { peek, streamOf } from "../../../provider/image/content/peek";

const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 50 }), { maxLength: 20 });

test("what is looked at is read once more, whatever the chunks", () =>
  fc.assert(
    fc.asyncProperty(chunks, fc.integer({ min: 1, max: 400 }), async (parts, most) => {
      const whole = Buffer.concat(parts);
      const source = Readable.from(
        parts.map((part) => Buffer.from(part)),
        { objectMode: false },
      );
      const { head, stream } = await peek(source, most);
      expect(head.equals(whole.subarray(0, most))).toBe(true);
      expect(Buffer.concat(await stream.toArray()).equals(whole)).toBe(true);
      expect(source.destroyed).toBe(true);
    }),
  ));

/** Gives one chunk, and then is silent. */
function silentAfter(chunk: string): Readable {
  const source = new Readable({ read() {} });
  source.push(chunk);
  return source;
}

test("a stream that is given up ends its source at once, though that one is silent", async () => {
  const source = silentAfter("abc");
  const { stream } = await peek(source, 3);
  const all = (async function* () {
    for await (const chunk of stream) yield chunk as Buffer;
  })();
  const outer = streamOf(all, stream);
  outer.on("data", () => outer.destroy());
  await Promise.all([once(outer, "close"), once(source, "close")]);
  expect([outer.destroyed, stream.destroyed, source.destroyed]).toEqual([true, true, true]);
});

test("a stream that nobody began to read ends its source too", async () => {
  const source = silentAfter("abc");
  const { stream } = await peek(source, 3);
  stream.destroy();
  await once(source, "close");
});

test("the source's own failure arrives as it is", async () => {
  const source = silentAfter("abc");
  const { stream } = await peek(source, 3);
  const failure = new Error("lost");
  const reading = stream.toArray();
  source.destroy(failure);
  await expect(reading).rejects.toBe(failure);
});
