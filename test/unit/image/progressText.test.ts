import fc from "fast-check";
import { bytesText, timeText } from "../../../provider/image/amounts";
import type { Progress } from "../../../provider/image/progress";
import { ProgressLine } from "../../../provider/image/progressText";

const MiB = 2 ** 20;

/** A line whose clock the test sets, in milliseconds. */
function lineAt() {
  let now = 0;
  const line = new ProgressLine(() => now);
  return (at: number, progress: Progress) => {
    now = at;
    return line.next(progress);
  };
}

describe("amounts", () => {
  test.each([
    [0, "0 B"],
    [512, "512 B"],
    [1023.6, "1.0 KiB"],
    [1024, "1.0 KiB"],
    [9.94 * MiB, "9.9 MiB"],
    [9.96 * MiB, "10 MiB"],
    [120 * MiB, "120 MiB"],
    [1023.7 * MiB, "1.0 GiB"],
    [1.5 * 2 ** 40, "1.5 TiB"],
    [2 ** 61, "2048 PiB"],
  ])("%d bytes are %s", (bytes, text) => {
    expect(bytesText(bytes)).toBe(text);
  });

  test.each([
    [0, "0 s"],
    [59.4, "59 s"],
    [59.6, "1 min 0 s"],
    [125, "2 min 5 s"],
    [3600 + 180, "1 h 3 min"],
    [7199, "2 h 0 min"],
  ])("%d seconds are %s", (seconds, text) => {
    expect(timeText(seconds)).toBe(text);
  });

  test("a text of bytes is never off by more than its last digit", () => {
    const powers = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (bytes) => {
        const [amount = "", unit = ""] = bytesText(bytes).split(" ");
        const size = 1024 ** powers.indexOf(unit);
        expect(Number(amount)).toBeLessThan(1024);
        expect(Math.abs(Number(amount) * size - bytes)).toBeLessThanOrEqual(
          size * (amount.includes(".") ? 0.051 : 0.5),
        );
      }),
    );
  });
});

describe("the line of an upload", () => {
  const upload = (done: number, total = 1024 * MiB) => ({ what: 'upload of "disk.raw"', done, total });

  test("tells percent, rate and time left, at most every half second", () => {
    const at = lineAt();
    expect(at(0, upload(0))).toBe('upload of "disk.raw": 0% of 1.0 GiB');
    expect(at(499, upload(50 * MiB))).toBeUndefined();
    expect(at(1000, upload(120 * MiB))).toBe('upload of "disk.raw": 11% of 1.0 GiB, 120 MiB/s, 8 s left');
    expect(at(3500, upload(420 * MiB))).toBe('upload of "disk.raw": 41% of 1.0 GiB, 120 MiB/s, 6 s left');
  });

  test("follows a rate that changes", () => {
    const at = lineAt();
    at(0, upload(0));
    for (let n = 1; n <= 10; n += 1) at(n * 500, upload(n * 50 * MiB));
    let last: string | undefined;
    for (let n = 1; n <= 10; n += 1) last = at(5000 + n * 500, upload(500 * MiB + n * MiB));
    expect(last).toMatch(/ 2\.0 MiB\/s/);
  });

  test("says when all is sent, even right after another line, and once", () => {
    const at = lineAt();
    at(0, upload(0));
    expect(at(10, upload(1024 * MiB))).toBe('upload of "disk.raw": all 1.0 GiB sent, the image service stores them');
    expect(at(20, upload(1024 * MiB))).toBeUndefined();
  });

  test("begins again with a new attempt", () => {
    const at = lineAt();
    at(0, upload(0));
    at(1000, upload(900 * MiB));
    expect(at(2000, upload(0))).toBe('upload of "disk.raw": 0% of 1.0 GiB');
    expect(at(3000, upload(10 * MiB))).toMatch(/: 0% of 1.0 GiB, 10 MiB\/s, 1 min 42 s left$/);
  });

  test("a wait for its turn counts neither for the rate nor for the time left", () => {
    const at = lineAt();
    at(0, { what: 'upload of "disk.raw"', total: 1024 * MiB, status: "waiting for its turn" });
    expect(at(60_000, upload(0))).toBe('upload of "disk.raw": 0% of 1.0 GiB');
    expect(at(61_000, upload(120 * MiB))).toBe('upload of "disk.raw": 11% of 1.0 GiB, 120 MiB/s, 8 s left');
  });

  test("a first count right after the wait is still the beginning, though it is not shown", () => {
    const at = lineAt();
    at(59_900, { what: 'upload of "disk.raw"', total: 1024 * MiB, status: "waiting for its turn" });
    expect(at(60_000, upload(0))).toBeUndefined();
    expect(at(61_000, upload(120 * MiB))).toMatch(/ 120 MiB\/s, 8 s left$/);
  });

  test("tells that it waits for its turn", () => {
    const text = lineAt()(0, { what: 'upload of "disk.raw"', total: MiB, status: "waiting for its turn" });
    expect(text).toBe('upload of "disk.raw": waiting for its turn');
  });
});

describe("the line of an import", () => {
  const what = "import of https://mirror.test/disk.raw";

  test("tells the image's status and how long it takes", () => {
    const at = lineAt();
    expect(at(0, { what, status: "queued" })).toBe(`${what}: queued`);
    expect(at(12_000, { what, status: "importing" })).toBe(`${what}: importing, 12 s`);
  });

  test("has no rate where the size is first said when all is there", () => {
    const at = lineAt();
    at(0, { what, status: "importing" });
    expect(at(5700, { what, status: "active", done: 5 * MiB })).toBe(`${what}: active, 5.0 MiB, 6 s`);
  });

  test("tells the bytes that are there", () => {
    const at = lineAt();
    at(0, { what, status: "importing", done: 0 });
    expect(at(2000, { what, status: "importing", done: 40 * MiB })).toBe(`${what}: importing, 40 MiB, 20 MiB/s, 2 s`);
  });
});

describe("whatever is told", () => {
  const amount = fc.integer({ min: 0, max: 2 ** 45 });
  const event = fc.record(
    {
      what: fc.constantFrom("upload of a", "import of b"),
      done: amount,
      total: amount,
      status: fc.constantFrom("queued", "saving"),
    },
    { requiredKeys: ["what"] },
  );
  const events = fc.array(fc.tuple(fc.integer({ min: 0, max: 3000 }), event), { maxLength: 60 });

  /** The lines with their moments. */
  function shown(told: [number, Progress][]): { at: number; text: string }[] {
    const at = lineAt();
    let now = 0;
    return told.flatMap(([pause, progress]) => {
      now += pause;
      const text = at(now, progress);
      return text === undefined ? [] : [{ at: now, text }];
    });
  }

  test("no two lines come within half a second, except that all is sent", () => {
    fc.assert(
      fc.property(events, (told) => {
        const lines = shown(told);
        lines.forEach(({ at, text }, n) => {
          const before = lines[n - 1];
          if (before && !text.includes(" sent, ")) expect(at - before.at).toBeGreaterThanOrEqual(500);
        });
      }),
    );
  });

  test("every part is well formed: no number is negative, infinite or none at all", () => {
    const part = [
      "queued|saving",
      "\\d\\d?% of [\\d.]+ \\w+",
      "[\\d.]+ \\w+(?:/s)?",
      "all [\\d.]+ \\w+ sent|the image service stores them",
      "\\d+ s(?: left)?|\\d+ min \\d+ s(?: left)?|\\d+ h \\d+ min(?: left)?",
    ].join("|");
    const line = new RegExp(`^(?:upload of a|import of b)(?:: (?:${part})(?:, (?:${part}))*)?$`);
    fc.assert(
      fc.property(events, (told) => {
        for (const { text } of shown(told)) expect(text).toMatch(line);
      }),
    );
  });

  test("the first line is never lost", () => {
    fc.assert(fc.property(event, (progress) => expect(lineAt()(0, progress)).toContain(progress.what)));
  });
});
