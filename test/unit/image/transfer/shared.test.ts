import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import type { SourceStream } from "../../../../provider/image/sourceStream";
import { SharedSources } from "../../../../provider/image/transfer/shared";
import { type Chunks, noise, quiet, settled, sourceOf } from "./streams";

const mebibyte = 1024 * 1024;

let shared: SharedSources;

beforeEach(() => {
  shared = new SharedSources();
});

/** Reads at its own speed, and leaves when it has had enough. */
class Reader {
  readonly chunks: Buffer[] = [];
  taken = 0;
  over = false;

  constructor(
    readonly stream: Readable,
    private readonly pace: { turns: number; enough?: number | undefined },
  ) {}

  async read(): Promise<Buffer | undefined> {
    for await (const chunk of this.stream) {
      this.chunks.push(chunk);
      this.taken += chunk.length;
      if (this.taken >= (this.pace.enough ?? Number.POSITIVE_INFINITY)) break;
      for (let turn = 0; turn < this.pace.turns; turn += 1) await settled();
    }
    this.over = true;
    return this.pace.enough === undefined ? Buffer.concat(this.chunks) : undefined;
  }
}

/** Reads so many bytes and no more for now. */
async function readAbout(stream: Readable, bytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for (let length = 0; length < bytes; await settled()) {
    const chunk = stream.read();
    if (chunk) chunks.push(chunk);
    length += chunk?.length ?? 0;
  }
  return Buffer.concat(chunks);
}

describe("readers who come together", () => {
  const sizes = fc.array(fc.integer({ min: 3_000, max: 200_000 }), { minLength: 1, maxLength: 5 });
  const pace = fc.record({
    turns: fc.nat({ max: 5 }),
    enough: fc.option(fc.nat({ max: 2 * mebibyte }), { nil: undefined, freq: 2 }),
  });
  const paces = fc.array(pace, { minLength: 1, maxLength: 5 });
  const length = fc.oneof(fc.nat({ max: 300_000 }), fc.nat({ max: 6 * mebibyte }));

  it("get the same bytes from one opening, wait for the slowest, and may leave", async () => {
    await fc.assert(
      fc.asyncProperty(length, sizes, paces, async (length, sizes, paces) => {
        const bytes = noise.subarray(0, length);
        const source = sourceOf(bytes, ...sizes);
        const opened = await Promise.all(paces.map(() => shared.open("key", source.open)));
        const readers = opened.map(({ stream }, index) => new Reader(stream, paces[index] ?? { turns: 0 }));
        let furthest = 0;
        source.streams[0]?.on("data", () => {
          const reading = readers.filter(({ over }) => !over);
          const produced = (source.streams[0] as Chunks).given;
          furthest = Math.max(furthest, produced - Math.min(produced, ...reading.map(({ taken }) => taken)));
        });
        const results = await Promise.all(readers.map((reader) => reader.read()));
        results.forEach((result, index) => {
          if (paces[index]?.enough === undefined) expect(result?.equals(bytes)).toBe(true);
        });
        expect(source.streams.length).toBe(1);
        // What is held between them, the buffers of the source and of the reader, and a chunk that is too much for each.
        expect(furthest).toBeLessThan((256 + 64 + 64) * 1024 + 3 * Math.max(...sizes));
        await settled();
        expect(source.streams[0]?.destroyed).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("are told the same length, and whatever else the source tells", async () => {
    const sources = new SharedSources<SourceStream & { note: string }>();
    const open = async () => ({ stream: quiet(), length: 7, note: "well" });
    for (const opening of [sources.open("key", open), sources.open("key", open)]) {
      expect(await opening).toMatchObject({ length: 7, note: "well" });
    }
  });

  it("share no source with those who want another", async () => {
    const [one, other] = [sourceOf(noise.subarray(0, 10), 10), sourceOf(noise.subarray(10, 20), 10)];
    const opened = await Promise.all([shared.open("one", one.open), shared.open("other", other.open)]);
    const read = await Promise.all(opened.map(({ stream }) => buffer(stream)));
    expect(read.map((bytes) => noise.indexOf(bytes))).toEqual([0, 10]);
  });
});

describe("a reader who comes late", () => {
  it("gets all bytes while the source has given no more than its first 4 MiB, even when it is slow to begin", async () => {
    const source = sourceOf(noise, 50_000);
    const first = await shared.open("key", source.open);
    const beginning = await readAbout(first.stream, 3 * mebibyte);
    const late = await shared.open("key", source.open);
    const rest = buffer(first.stream);
    for (let turn = 0; turn < 100; turn += 1) await settled();
    expect((source.streams[0] as Chunks).given).toBeLessThan(4 * mebibyte);
    expect((await buffer(late.stream)).equals(noise)).toBe(true);
    expect(Buffer.concat([beginning, await rest]).equals(noise)).toBe(true);
    expect(source.streams.length).toBe(1);
  });

  it("gets all bytes of a small source that was read to its end while others still read it", async () => {
    const source = sourceOf(noise.subarray(0, 100_000), 10_000);
    const [first, slow] = [await shared.open("key", source.open), await shared.open("key", source.open)];
    await buffer(first.stream);
    const late = await shared.open("key", source.open);
    expect((await buffer(late.stream)).equals(noise.subarray(0, 100_000))).toBe(true);
    expect((await buffer(slow.stream)).length).toBe(100_000);
    expect(source.streams.length).toBe(1);
  });

  it("opens the source anew after that", async () => {
    const source = sourceOf(noise, 50_000);
    const first = await shared.open("key", source.open);
    const beginning = await readAbout(first.stream, 5 * mebibyte);
    const [late, later] = [await shared.open("key", source.open), await shared.open("key", source.open)];
    expect(source.streams.length).toBe(2);
    const read = await Promise.all([first, late, later].map(({ stream }) => buffer(stream)));
    expect(Buffer.concat([beginning, read[0] ?? Buffer.alloc(0)]).equals(noise)).toBe(true);
    expect(read.slice(1).every((bytes) => bytes.equals(noise))).toBe(true);
    expect(source.streams.length).toBe(2);
  });

  it("opens the source anew when the others have left", async () => {
    const source = sourceOf(noise, 50_000);
    (await shared.open("key", source.open)).stream.destroy();
    await settled();
    expect((await buffer((await shared.open("key", source.open)).stream)).equals(noise)).toBe(true);
    expect(source.streams.map(({ destroyed }) => destroyed)).toEqual([true, true]);
  });
});

describe("who leaves", () => {
  it("holds nobody up any longer", async () => {
    const source = sourceOf(noise, 50_000);
    const [stuck, other] = [await shared.open("key", source.open), await shared.open("key", source.open)];
    const read = buffer(other.stream);
    for (let turn = 0; turn < 100; turn += 1) await settled();
    expect((source.streams[0] as Chunks).given).toBeLessThan(mebibyte);
    stuck.stream.destroy();
    expect((await read).equals(noise)).toBe(true);
  });

  it("because of what another one got, gets nothing more", async () => {
    const source = sourceOf(noise, 50_000);
    const opened = await Promise.all([0, 1].map(() => shared.open("key", source.open)));
    const streams = opened.map(({ stream }) => stream);
    const got = jest.fn();
    for (const stream of streams) {
      stream.on("data", () => {
        got(stream);
        for (const other of streams) if (other !== stream) other.destroy();
      });
    }
    await settled();
    await settled();
    expect(new Set(got.mock.calls.map(([stream]) => stream)).size).toBe(1);
  });

  it("last ends the fetching", async () => {
    const source = sourceOf(noise, 50_000);
    const members = [await shared.open("key", source.open), await shared.open("key", source.open)];
    members[0]?.stream.destroy();
    await settled();
    expect([source.streams[0]?.destroyed, source.signals[0]?.aborted]).toEqual([false, false]);
    members[1]?.stream.destroy();
    await settled();
    expect([source.streams[0]?.destroyed, source.signals[0]?.aborted]).toEqual([true, true]);
  });
});

describe("who takes nothing while others wait", () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ["nextTick", "setImmediate", "queueMicrotask"] });
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  const begin = async () => {
    const source = sourceOf(noise, 50_000);
    const opened = await Promise.all([0, 1].map(() => shared.open("key", source.open)));
    const [slow, other] = opened.map(({ stream }) => stream) as [Readable, Readable];
    return { slow, other };
  };
  const manyTurns = async () => {
    for (let turn = 0; turn < 100; turn += 1) await settled();
  };

  it("is dropped after a minute, and the others get all bytes", async () => {
    const { slow, other } = await begin();
    const read = buffer(other);
    await manyTurns();
    jest.advanceTimersByTime(59_000);
    expect(slow.destroyed).toBe(false);
    jest.advanceTimersByTime(1_000);
    expect(slow.errored).toMatchObject({ code: "STALLED" });
    expect((await read).equals(noise)).toBe(true);
  });

  it("has another minute after every byte", async () => {
    const { slow, other } = await begin();
    other.resume();
    for (let read = 0; read < 5; read += 1) {
      await manyTurns();
      jest.advanceTimersByTime(59_000);
      await readAbout(slow, 500_000);
    }
    expect(slow.destroyed).toBe(false);
    await manyTurns();
    jest.advanceTimersByTime(60_000);
    expect(slow.errored).toMatchObject({ code: "STALLED" });
  });

  it("may take its time when nobody waits, but not afterwards", async () => {
    const { slow, other } = await begin();
    other.resume();
    await manyTurns();
    other.pause();
    await readAbout(slow, 500_000);
    await manyTurns();
    jest.advanceTimersByTime(300_000);
    expect([slow.destroyed, other.destroyed]).toEqual([false, false]);
    other.resume();
    await manyTurns();
    jest.advanceTimersByTime(60_000);
    expect(slow.errored).toMatchObject({ code: "STALLED" });
  });
});
