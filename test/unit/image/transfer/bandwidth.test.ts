import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { Bandwidth, type Clock } from "../../../../provider/image/transfer/bandwidth";
import { SimulatedClock } from "./simulatedClock";
import { Chunks, fate, noise, quiet } from "./streams";

/** In bytes per second. */
const limit = 100_000;
/** What fairness may owe to a stream: a part of a second's bytes, and as much on the way. In bytes. */
const owed = (limit / 64) * 2;

let clock: SimulatedClock;
let bandwidth: Bandwidth;

beforeEach(() => {
  clock = new SimulatedClock();
  bandwidth = new Bandwidth(limit, clock);
});

/** Reads all that comes and keeps count. */
class Reader {
  bytes = 0;
  /** Of each chunk, when it came. */
  readonly arrivals: { at: number; bytes: number }[] = [];

  constructor(readonly stream: Readable) {
    stream.on("data", ({ length }: Buffer) => {
      this.bytes += length;
      this.arrivals.push({ at: clock.now(), bytes: length });
    });
  }
}

const endless = (...sizes: number[]) => new Chunks(noise, sizes);
const read = (source: Readable) => new Reader(bandwidth.limited(source));

/** A source that offers no more than this, however fast it is read. */
function trickle(bytesPerSecond: number): Readable {
  const stream = quiet();
  clock.every(10, () => stream.push(noise.subarray(0, bytesPerSecond / 100)));
  return stream;
}

/** Waits for nothing: time is over as soon as it is asked for. */
function hastyClock(): Clock {
  let time = 0;
  const after = (milliseconds: number, call: () => void) => {
    time += Math.max(0, milliseconds);
    setImmediate(call);
  };
  return { now: () => time, after };
}

/** The most bytes above the limit in any span of time. */
function largestBurst(readers: readonly Reader[]): number {
  const arrivals = readers.flatMap((reader) => reader.arrivals).sort((one, other) => one.at - other.at);
  let [excess, largest, last] = [0, 0, 0];
  for (const { at, bytes } of arrivals) {
    excess = Math.max(0, excess - ((at - last) * limit) / 1000) + bytes;
    last = at;
    largest = Math.max(largest, excess);
  }
  return largest;
}

describe("streams that always have something to send", () => {
  const sizes = fc.array(fc.integer({ min: 400, max: 300_000 }), { minLength: 1, maxLength: 5 });
  const chunkings = fc.array(sizes, { minLength: 1, maxLength: 6 });

  it("move as much as is allowed, evenly, and never in bursts", async () => {
    await fc.assert(
      fc.asyncProperty(chunkings, async (streams) => {
        clock = new SimulatedClock();
        bandwidth = new Bandwidth(limit, clock);
        const readers = streams.map((chunks) => read(endless(...chunks)));
        await clock.pass(3000);
        const total = readers.reduce((sum, { bytes }) => sum + bytes, 0);
        expect(total).toBeGreaterThan(3 * limit - owed);
        expect(total).toBeLessThan(3.25 * limit);
        expect(largestBurst(readers)).toBeLessThanOrEqual(limit / 4);
        for (const { bytes } of readers) expect(Math.abs(bytes - total / readers.length)).toBeLessThan(owed);
      }),
      { numRuns: 30 },
    );
  });

  it("begin at once", async () => {
    const reader = read(endless(50_000));
    await clock.pass(0);
    expect(reader.arrivals[0]).toMatchObject({ at: 0 });
  });
});

it("gives what slow streams leave to the fast one", async () => {
  const slow = [5_000, 10_000, 20_000].map((speed) => read(trickle(speed)));
  const fast = read(endless(65_536));
  await clock.pass(10_000);
  expect(slow.map(({ bytes }) => Math.round(bytes / 1000))).toEqual([50, 100, 200]);
  expect(fast.bytes / 10).toBeGreaterThan(64_000);
});

it("shares evenly what a slow stream leaves to two", async () => {
  read(trickle(10_000));
  const [one, other] = [read(endless(1_000)), read(endless(200_000))];
  await clock.pass(10_000);
  expect(one.bytes / 10).toBeGreaterThan(44_000);
  expect(Math.abs(one.bytes - other.bytes)).toBeLessThan(owed);
});

test.each([
  ["whose reader is stuck", ({ stream }: Reader) => void stream.pause()],
  ["that was destroyed", ({ stream }: Reader) => void stream.destroy()],
])("a stream %s leaves its share to the others", async (_, stop) => {
  const [stopped, other] = [read(endless(10_000)), read(endless(10_000))];
  await clock.pass(5_000);
  stop(stopped);
  // What the stuck one still takes into its buffer.
  await clock.pass(2_000);
  const before = other.bytes;
  await clock.pass(5_000);
  expect(other.bytes - before).toBeGreaterThan(5 * limit - owed);
});

it("gives no credit for a pause", async () => {
  const [pausing, other] = [read(endless(10_000)), read(endless(10_000))];
  pausing.stream.pause();
  await clock.pass(20_000);
  pausing.stream.resume();
  await clock.pass(0);
  const before = [pausing.bytes, other.bytes] as const;
  await clock.pass(4_000);
  expect(Math.abs(pausing.bytes - before[0] - 2 * limit)).toBeLessThan(2 * owed);
  expect(Math.abs(other.bytes - before[1] - 2 * limit)).toBeLessThan(2 * owed);
});

it("saves no more than a burst for later", async () => {
  const source = quiet();
  const reader = read(source);
  await clock.pass(60_000);
  for (let sent = 0; sent < 10; sent += 1) source.push(noise.subarray(0, limit));
  await clock.pass(5_000);
  expect(largestBurst([reader])).toBeLessThanOrEqual(limit / 4);
  expect(reader.bytes).toBeLessThan(5.25 * limit);
});

it("makes up for a timer that is late", async () => {
  const reader = read(endless(65_536));
  const after = clock.after.bind(clock);
  clock.after = (milliseconds, call) => after(milliseconds > 0 ? milliseconds + 40 : 0, call);
  await clock.pass(10_000);
  expect(reader.bytes).toBeGreaterThan(9.9 * limit);
  expect(largestBurst([reader])).toBeLessThanOrEqual(limit / 4);
});

// Many runs take long on a busy machine.
it("changes no byte and loses none", async () => {
  const size = fc.integer({ min: 1, max: 100_000 });
  const sizes = fc.array(size, { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: 300_000 }),
      sizes,
      fc.integer({ min: 50_000, max: 5_000_000 }),
      async (length, chunks, speed) => {
        const bytes = noise.subarray(0, length);
        const limited = new Bandwidth(speed, hastyClock()).limited(new Chunks(bytes, chunks));
        expect((await buffer(limited)).equals(bytes)).toBe(true);
      },
    ),
    { numRuns: 50 },
  );
});

it("goes by the time of this machine", async () => {
  const bytes = noise.subarray(0, 1_000_000);
  const limited = new Bandwidth(50_000_000).limited(new Chunks(bytes, [65_536]));
  expect((await buffer(limited)).equals(bytes)).toBe(true);
});

it("reads no further than a buffer ahead of its reader", async () => {
  const source = endless(16_384);
  const stream = bandwidth.limited(source);
  await clock.pass(1_000);
  expect(source.given).toBe(0);
  stream.read(1);
  await clock.pass(60_000);
  expect(source.given).toBeLessThan(4 * stream.readableHighWaterMark);
});

describe("an end before the end", () => {
  const broken = new Error("it broke");

  test.each([broken, null])("of the source reaches the reader: %p", async (error) => {
    const source = quiet();
    const { stream } = read(source);
    const ended = jest.fn();
    stream.on("end", ended);
    source.push(noise.subarray(0, 10));
    await clock.pass(1_000);
    source.destroy(error ?? undefined);
    expect(await fate(stream)).toBe(error);
    expect(ended).not.toHaveBeenCalled();
  });

  test.each([broken, null])("of the reader reaches the source: %p", async (error) => {
    const source = endless(1_000);
    const { stream } = read(source);
    await clock.pass(1_000);
    fate(stream);
    stream.destroy(error ?? undefined);
    expect(await fate(source)).toBe(error);
  });

  it("reaches the reader of a source that had broken before", async () => {
    const source = quiet();
    fate(source);
    source.destroy(broken);
    await clock.pass(0);
    expect(await fate(bandwidth.limited(source))).toBe(broken);
  });
});
