import fc from "fast-check";
import { asBoolean, asCommaList, asInteger, asTime, member, nullable, record } from "../../../provider/glance/coerce";

test.each([
  ["2026-01-31T12:00:00Z", "2026-01-31T12:00:00Z"],
  ["2026-01-31T12:00:00", "2026-01-31T12:00:00Z"],
  ["2026-01-31 12:00:00.123456", "2026-01-31T12:00:00.123456Z"],
  ["2026-01-31T12:00:00+00:00", "2026-01-31T12:00:00Z"],
  ["2026-01-31T12:00:00+02:00", "2026-01-31T10:00:00.000Z"],
  ["2026-01-31T12:00:00-0030", "2026-01-31T12:30:00.000Z"],
])("the time %s is %s", (text, expected) => {
  expect(asTime(text, "t")).toBe(expected);
});

test.each(["", "now", "2026-13-31T12:00:00Z", "2026-01-31", "2026-01-31T12:00:00+2"])("%j is no time", (text) => {
  expect(() => asTime(text, "t")).toThrow("t is the string");
});

test("a time means the moment that Date reads, whatever its zone", () => {
  const zone = fc.constantFrom("Z", "+00:00", "-11:30", "+14:00");
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }), zone, (date, zone) => {
      const text = date.toISOString().replace("Z", zone);
      expect(Date.parse(asTime(text, "t"))).toBe(Date.parse(text));
      expect(asTime(text, "t")).toMatch(/Z$/);
    }),
  );
});

test("numbers and booleans may be written as strings", () => {
  expect([asInteger(5, "n"), asInteger("5", "n"), asInteger("-1", "n")]).toEqual([5, 5, -1]);
  expect([asBoolean(true, "b"), asBoolean("True", "b"), asBoolean("false", "b")]).toEqual([true, true, false]);
});

test.each([
  ["1.5", 1.5],
  ["an empty string", ""],
  ["a hexadecimal", "0x10"],
  ["a boolean", true],
  ["an unsafe one", 2 ** 53],
  ["an object", {}],
])("%s is no whole number", (_, value) => {
  expect(() => asInteger(value, "n")).toThrow(expect.objectContaining({ code: "BAD_RESPONSE" }));
});

test("comma lists have no empty parts", () => {
  expect(asCommaList("a, b,,c", "l")).toEqual(["a", "b", "c"]);
  expect(asCommaList("", "l")).toEqual([]);
});

test("what every object inherits is no member", () => {
  expect(member({}, "constructor", nullable(asTime), "o")).toBeNull();
  expect(Object.entries(record([["__proto__", 1]]))).toEqual([["__proto__", 1]]);
  expect(record<number>([]).toString).toBeUndefined();
});
