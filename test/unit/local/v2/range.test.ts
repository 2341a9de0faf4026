import fc from "fast-check";
import { byteRange } from "../../../../provider/local/v2/range";

describe("ranges", () => {
  it("give the bytes that they name, cut at the end", () => {
    const sizes = fc.record({ size: fc.integer({ min: 1, max: 50 }), a: fc.nat(60), b: fc.nat(60) });
    fc.assert(
      fc.property(sizes, ({ size, a, b }) => {
        const [first, last] = [Math.min(a, b), Math.max(a, b)];
        fc.pre(first < size);
        const { start, end } = byteRange(`bytes=${first}-${last}`, size);
        const bytes = Array.from({ length: size }, (_, index) => index);
        expect(bytes.slice(start, end + 1)).toEqual(bytes.filter((index) => index >= first && index <= last));
      }),
    );
  });

  it.each([
    ["bytes=6-", { start: 6, end: 10 }],
    ["bytes=-3", { start: 8, end: 10 }],
    ["bytes=-30", { start: 0, end: 10 }],
    ["Bytes = 0 - 0", { start: 0, end: 0 }],
  ])("%s of 11 bytes is %j", (range, expected) => {
    expect(byteRange(range, 11)).toEqual(expected);
  });

  it.each([
    ["bytes=11-", 416],
    ["bytes=5-4", 416],
    ["bytes=-", 416],
    ["lines=1-2", 416],
    ["bytes=0-1,3-4", 400],
  ])("%s of 11 bytes is refused with %i", (range, status) => {
    expect(() => byteRange(range, 11)).toThrow(expect.objectContaining({ status }));
  });
});
