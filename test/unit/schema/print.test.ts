import { print } from "../../../provider/schema/print";
import { schemaOf } from "./fixture";

it("sorts the keys at every depth and keeps the version for the end", () => {
  const text = print(schemaOf("export interface Inputs { b: string; a: string }"));
  const keys = Object.keys(JSON.parse(text));
  expect(keys).toEqual([...keys.slice(0, -1).sort(), "version"]);
  expect(text.indexOf('"a": {')).toBeLessThan(text.indexOf('"b": {'));
  expect(text.endsWith('"version": "1.2.3"\n}\n')).toBe(true);
});

it("does not depend on the order in which the interfaces are written", () => {
  const one = schemaOf("export interface Inputs { a: string; b: Box }\nexport interface Box { c: string; d: string }");
  const other = schemaOf(
    "export interface Box { d: string; c: string }\nexport interface Inputs { b: Box; a: string }",
  );
  expect(print(other)).toBe(print(one));
});
