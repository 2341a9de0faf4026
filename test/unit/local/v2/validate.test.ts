import fc from "fast-check";
import type { NamedSchema } from "../../../../provider/local/v2/schema/types";
import { validate } from "../../../../provider/local/v2/schema/validate";
import { violationsOf } from "../../../../provider/local/v2/schema/violations";

const schema: NamedSchema = {
  name: "thing",
  definitions: { count: { type: "integer", minimum: 0 }, small: { allOf: [{ $ref: "#/definitions/count" }, {}] } },
  properties: {
    name: { type: "string", maxLength: 3 },
    count: { $ref: "#/definitions/small" },
    list: { type: "array", items: { type: "string" }, uniqueItems: true, minItems: 1 },
    flag: { type: ["null", "boolean"] },
  },
  required: ["name"],
  additionalProperties: { type: "string" },
};

const things = fc.record(
  {
    name: fc.string({ maxLength: 3 }),
    count: fc.nat(),
    list: fc.uniqueArray(fc.string(), { minLength: 1 }),
    flag: fc.option(fc.boolean()),
    other: fc.string(),
  },
  { requiredKeys: ["name"] },
);

it("finds nothing wrong with what the schema allows", () => {
  fc.assert(fc.property(things, (thing) => void expect(violationsOf(thing, schema)).toEqual([])));
});

it.each([
  [{}, "'name' is a required property", "'required' in schema:"],
  [{ name: "long" }, "'long' is too long", "'maxLength' in schema['properties']['name']:"],
  [
    { name: "a", count: -1 },
    "-1 is less than the minimum of 0",
    "'minimum' in schema['properties']['count']['allOf'][0]:",
  ],
  [{ name: "a", list: [] }, "[] should be non-empty", "'minItems' in schema['properties']['list']:"],
  [{ name: "a", list: ["b", 5] }, "5 is not of type 'string'", "'type' in schema['properties']['list']['items']:"],
  [{ name: "a", list: ["b", "b"] }, "['b', 'b'] has non-unique elements", "'uniqueItems' in"],
  [{ name: "a", flag: 0 }, "0 is not of type 'null', 'boolean'", "'type' in schema['properties']['flag']:"],
  [{ name: "a", other: 1 }, "1 is not of type 'string'", "'type' in schema['additionalProperties']:"],
])("tells what is wrong with %j", (thing, sentence, place) => {
  const start = `Provided object does not match schema 'thing': ${sentence}\n\nFailed validating ${place}`;
  expect(() => validate(thing, schema)).toThrow(start);
});

it("prefers the whole to its parts, and of its parts the last by name", () => {
  expect(() => validate({ count: -1 }, schema)).toThrow("required");
  expect(() => validate({ name: 1, count: "a", list: [1] }, schema)).toThrow("1 is not of type 'string'");
  expect(() => validate({ name: "a", count: "b", flag: "c" }, schema)).toThrow("'c' is not of type");
});
