import fc from "fast-check";
import { hasUnknown, unknown } from "../../../provider/resources/unknown";
import { split } from "../../../sdk/nodejs/hidden";
import { decode, encode } from "../../../sdk/nodejs/values";

const sentinel = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

test("property values survive the way in and out", () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => expect(encode(decode(value))).toEqual(value)),
  );
});

test("unknown values are found at any depth and go out as they came", () => {
  const value = { a: [sentinel, 1], b: { c: sentinel } };
  const decoded = decode(value);
  expect(decoded).toEqual({ a: [unknown, 1], b: { c: unknown } });
  expect(hasUnknown(decoded)).toBe(true);
  expect(encode(decoded)).toEqual(value);
});

test("undefined members are dropped, because Pulumi fails on them after the work is done", () => {
  expect(encode({ a: undefined, b: { c: undefined, d: null } })).toEqual({ b: { d: null } });
});

test("keys of hostile objects stay ordinary keys", () => {
  const value = JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}');
  expect(Object.keys(encode(decode(value)) as object)).toEqual(["__proto__", "constructor"]);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test("hidden properties are told apart from those of the user", () => {
  const properties = { __provider: "p", __stamp: "s", __resourceName: "n", __declared: ["a"], a: 1, __other: 2 };
  const { hidden, visible } = split(properties);
  expect(hidden).toEqual({ __provider: "p", __stamp: "s", __resourceName: "n", __declared: ["a"] });
  expect(visible).toEqual({ a: 1, __other: 2 });
});
