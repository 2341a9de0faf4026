import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { SharedSources } from "../../../../provider/image/transfer/shared";
import { Chunks, fate, noise, quiet, Source, settled } from "./streams";

let shared: SharedSources;

beforeEach(() => {
  shared = new SharedSources();
});

describe("while the source is being opened", () => {
  let give: (stream: Readable) => void;
  let refuse: (error: Error) => void;
  let source: Source;
  const cancel = () => new AbortController();

  beforeEach(() => {
    source = new Source(
      () =>
        new Promise((resolve, reject) => {
          give = resolve;
          refuse = reject;
        }),
    );
  });

  it("a cancelled wait ends for one and not for the others", async () => {
    const own = cancel();
    const [one, other] = [shared.open("key", source.open, own.signal), shared.open("key", source.open)];
    await settled();
    own.abort();
    await expect(one).rejects.toMatchObject({ code: "ABORTED" });
    expect(source.signals[0]?.aborted).toBe(false);
    give(new Chunks(noise, [50_000]));
    expect((await buffer((await other).stream)).equals(noise)).toBe(true);
  });

  it("the last cancelled wait aborts the opening, and a stream that comes all the same is closed", async () => {
    const [one, other] = [cancel(), cancel()];
    const waits = [one, other].map(({ signal }) => shared.open("key", source.open, signal));
    const outcomes = Promise.allSettled(waits);
    await settled();
    one.abort();
    await settled();
    expect(source.signals[0]?.aborted).toBe(false);
    other.abort();
    expect(await outcomes).toMatchObject([{ reason: { code: "ABORTED" } }, { reason: { code: "ABORTED" } }]);
    expect(source.signals[0]?.aborted).toBe(true);
    const late = quiet();
    give(late);
    await settled();
    expect(late.destroyed).toBe(true);
  });

  it("a failure reaches all who wait, and the next one opens anew", async () => {
    const error = new Error("no such file");
    const outcomes = Promise.allSettled([shared.open("key", source.open), shared.open("key", source.open)]);
    await settled();
    refuse(error);
    expect((await outcomes).map((outcome) => "reason" in outcome && outcome.reason === error)).toEqual([true, true]);
    const again = shared.open("key", source.open);
    await settled();
    expect(source.signals.length).toBe(2);
    give(new Chunks(noise, [50_000]));
    expect((await buffer((await again).stream)).equals(noise)).toBe(true);
  });

  it("a failure is no answer to who asks when another one has learned of it", async () => {
    const outcomes = [undefined, cancel().signal].map((signal) => shared.open("key", source.open, signal));
    const again = outcomes.map((outcome) => outcome.catch(() => shared.open("key", source.open)));
    await settled();
    refuse(new Error("no such file"));
    await settled();
    give(new Chunks(noise.subarray(0, 10), [10]));
    const read = await Promise.all(again.map(async (opening) => buffer((await opening).stream)));
    expect(read.map(({ length }) => length)).toEqual([10, 10]);
  });

  it("a failure that comes at once is no exception", async () => {
    const fails = () => {
      throw new Error("at once");
    };
    await expect(shared.open("key", fails)).rejects.toThrow("at once");
    await expect(shared.open("key", fails)).rejects.toThrow("at once");
  });
});

describe("a source that breaks", () => {
  const broken = new Error("it broke");

  test.each([broken, null])("breaks for all as it is: %p", async (error) => {
    const source = new Source(quiet);
    const members = [await shared.open("key", source.open), await shared.open("key", source.open)];
    const fates = members.map(({ stream }) => fate(stream));
    source.streams[0]?.push(noise.subarray(0, 10));
    for (const { stream } of members) stream.resume();
    await settled();
    source.streams[0]?.destroy(error ?? undefined);
    expect(await Promise.all(fates)).toEqual([error, error]);
    await shared.open("key", source.open);
    expect(source.streams.length).toBe(2);
  });

  it("harms nobody who has not begun to listen", async () => {
    const source = new Source(quiet);
    const { stream } = await shared.open("key", source.open);
    source.streams[0]?.destroy(broken);
    await settled();
    await expect(buffer(stream)).rejects.toBe(broken);
  });
});
