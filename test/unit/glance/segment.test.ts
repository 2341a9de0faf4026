import fc from "fast-check";
import { segment } from "../../../provider/glance/segment";

test.each([".", "..", "\ud800", "a\udc00"])("%j is no part of a path", (name) => {
  expect(() => segment(name)).toThrow(
    expect.objectContaining({ code: "UNSUPPORTED", message: expect.stringContaining(JSON.stringify(name)) }),
  );
});

test("whatever is one stays one and the same", () => {
  const names = fc.oneof(
    fc.string({ unit: "grapheme", minLength: 1 }),
    fc.constantFrom("%2e%2e", "../x", "...", "a/b", "?", "#", "\\", "%", " ", "..;", "\t", "\0"),
  );
  fc.assert(
    fc.property(
      names.filter((name) => name !== "." && name !== ".."),
      (name) => {
        const { pathname, search, hash } = new URL(`http://h/images/${segment(name)}/file`);
        expect(pathname.split("/").map(decodeURIComponent)).toEqual(["", "images", name, "file"]);
        expect(search + hash).toBe("");
      },
    ),
  );
});
