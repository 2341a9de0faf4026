import fc from "fast-check";
import { splitList, splitOperator } from "../../../../provider/local/v2/list/operators";
import { parseTime } from "../../../../provider/local/v2/list/time";

describe("lists of values", () => {
  it("give back values in quotes, unless they have quotes or backslashes of their own", () => {
    const value = fc.string({ minLength: 1 }).filter((text) => !/["\\]/.test(text));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), (values) => {
        expect(splitList(values.map((one) => `"${one}"`).join(","))).toEqual(values);
      }),
    );
  });

  it("give back values without quotes, unless they have commas", () => {
    const value = fc.string({ minLength: 1 }).filter((text) => !/[",\\]/.test(text));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), (values) => {
        expect(splitList(values.join(","))).toEqual(values);
      }),
    );
  });

  it.each(['"a', 'a"', '"a"b', 'a"b"', '"a","b'])("refuse the quotes of %s", (list) => {
    expect(() => splitList(list)).toThrow(`Invalid filter value ${list}.`);
  });

  it("keep the backslash of a quote that it keeps from closing", () => {
    expect(splitList('"a\\"b",c')).toEqual(['a\\"b', "c"]);
  });
});

describe("operators", () => {
  it.each([
    ["plain", { operator: "eq", operand: "plain" }],
    ["in:a:b", { operator: "in", operand: "a:b" }],
    ["2020-01-01T10:00:00Z", { operator: "eq", operand: "2020-01-01T10:00:00Z" }],
    ["gt:2020-01-01T10:00:00Z", { operator: "gt", operand: "2020-01-01T10:00:00Z" }],
    ["", { operator: "eq", operand: "" }],
  ])("of %s are told from its operand", (expression, expected) => {
    expect(splitOperator(expression)).toEqual(expected);
  });
});

describe("times", () => {
  it("of any zone are the same moment in UTC", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1990-01-01"), max: new Date("2090-01-01"), noInvalidDate: true }),
        fc.integer({ min: -12, max: 12 }),
        (date, hours) => {
          const local = new Date(date.getTime() + hours * 3_600_000).toISOString().slice(0, -1);
          const zone = `${hours < 0 ? "-" : "+"}${String(Math.abs(hours)).padStart(2, "0")}:00`;
          expect(parseTime(local + zone)).toBe(`${date.toISOString().slice(0, -1)}000`);
        },
      ),
    );
  });

  it.each([
    ["2026-02-03", "2026-02-03T00:00:00.000000"],
    ["2026-02-03T04:05:06", "2026-02-03T04:05:06.000000"],
    ["2026-02-03T04:05:06.1234567Z", "2026-02-03T04:05:06.123456"],
    ["2026-02-03 04:05", "2026-02-03T04:05:00.000000"],
    ["2026-02-03T04:05:06+0230", "2026-02-03T01:35:06.000000"],
  ])("%s is %s", (text, time) => {
    expect(parseTime(text)).toBe(time);
  });

  it.each(["", "yesterday", "2026-13-01", "2026-02-03T04:05:06 02:00", "04:05"])("%s is none", (text) => {
    expect(parseTime(text)).toBeUndefined();
  });
});
