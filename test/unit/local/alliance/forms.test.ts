import fc from "fast-check";
import { listText } from "../../../../provider/local/alliance/forms";

const images = fc.array(fc.record({ id: fc.uuid(), name: fc.string() }));

/** Whatever looks like an image, wherever it is. */
function imagesIn(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return "id" in value ? [value] : Object.values(value).flatMap(imagesIn);
}

it.each([undefined, "wrapped", "object", "bare", "single", "image"])("the form %s has all images in order", (form) => {
  fc.assert(
    fc.property(images, (listed) => {
      expect(imagesIn(JSON.parse(listText(listed, form)))).toEqual(listed);
    }),
  );
});

it("the documented form is no JSON, whatever it lists", () => {
  fc.assert(
    fc.property(images, (listed) => {
      const text = listText(listed, "documented");
      expect(() => JSON.parse(text)).toThrow(SyntaxError);
      const [, inner = ""] = /^\[ \{ images: (.*) \} \]$/s.exec(text) ?? [];
      expect(JSON.parse(`[${inner}]`)).toEqual(listed);
    }),
  );
});

it.each(["bogus", "constructor", ""])("refuses the form '%s'", (form) => {
  expect(() => listText([], form)).toThrow("must be one of wrapped, object");
});
