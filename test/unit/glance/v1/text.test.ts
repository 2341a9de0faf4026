import fc from "fast-check";
import { decodeText, encodeText, isCarriable } from "../../../../provider/glance/v1/text";

test("a text comes back as it was, and every byte of it fits in a header", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }).filter(isCarriable), (text) => {
      const value = encodeText(text, "the name");
      expect(value).toMatch(/^[\t\x20-\x7e\x80-\xff]+$/);
      expect(decodeText(value)).toBe(text);
    }),
  );
});

test.each([
  ["", "is empty"],
  [" a", "begins or ends with a blank"],
  ["a\t", "begins or ends with a blank"],
  ["a\r\nx-image-meta-status: active", "line break"],
  ["a\nb", "line break"],
  ["a\0b", "control character"],
  ["a\u0085b", "control character"],
])("%j is refused", (text, why) => {
  expect(isCarriable(text)).toBe(false);
  expect(() => encodeText(text, "the name")).toThrow(why);
  expect(() => encodeText(text, "the name")).toThrow(expect.objectContaining({ code: "UNSUPPORTED" }));
});

test("bytes that are no UTF-8 are read one by one", () => {
  expect(decodeText("gr\u00fcn")).toBe("grün");
});
