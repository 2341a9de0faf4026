import fc from "fast-check";
import { decodePointer } from "../../../../provider/local/v2/patch/pointer";

const encode = (part: string) => part.replaceAll("~", "~0").replaceAll("/", "~1");

describe("JSON pointers", () => {
  it("are read back part by part, but for blanks around a part", () => {
    const part = fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => text.trim() === text && text !== "");
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), (parts) => {
        expect(decodePointer(parts.map((one) => `/${encode(one)}`).join(""))).toEqual(parts);
      }),
    );
  });

  it("are either read or refused with 400, whatever they are", () => {
    fc.assert(
      fc.property(fc.string(), (pointer) => {
        try {
          expect(decodePointer(pointer).length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toMatchObject({ status: 400 });
        }
      }),
    );
  });
});
