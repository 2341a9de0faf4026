import fc from "fast-check";
import type { Path } from "../../../provider/pulumi/codec/decode";
import { isCovered, pathsOf, stepsOf, takenFrom, valueAt } from "../../../provider/pulumi/codec/paths";
import { secretsInOutputs } from "../../../provider/pulumi/codec/secrets";

/** A path as Pulumi writes it, each name in brackets. */
const written = (path: Path) => path.map((step) => `[${JSON.stringify(step)}]`).join("");
const step = fc.oneof(
  fc.nat(99),
  fc.string().filter((text) => !/[\\"\n\p{Cc}\ud800-\udfff]/u.test(text)),
);

describe("property paths", () => {
  test.each([
    ["tags", ["tags"]],
    ["tags[2]", ["tags", 2]],
    ["properties.hw_disk_bus", ["properties", "hw_disk_bus"]],
    ['properties["os.type"]', ["properties", "os.type"]],
    ['properties["a\\"b"]', ["properties", 'a"b']],
    ["properties.*", ["properties", "*"]],
    ["tags[*]", ["tags", "*"]],
  ])("%s", (text, path) => {
    expect(stepsOf(text)).toEqual(path);
  });

  test("what is none is none", () => {
    expect(stepsOf("tags[")).toBeUndefined();
    expect(pathsOf(["", "tags[", "name"])).toEqual([["name"]]);
  });

  test("every path is read as it was written", () => {
    fc.assert(fc.property(fc.array(step), (path) => expect(stepsOf(written(path))).toEqual(path)));
  });

  test("a path covers itself and what is below it, and nothing above", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1 }), fc.array(step), (path, below) => {
        expect(isCovered([...path, ...below], [path])).toBe(true);
        expect(isCovered(path, [[...path, ...below, "more"]])).toBe(false);
      }),
    );
  });

  test("a star covers any one step", () => {
    expect(isCovered(["properties", "a"], [["properties", "*"]])).toBe(true);
    expect(isCovered(["properties"], [["properties", "*"]])).toBe(false);
  });

  test("a value is found where it is, and nothing where none is", () => {
    const values = { properties: { "a.b": "x" }, tags: ["y"] };
    expect(valueAt(values, ["properties", "a.b"])).toBe("x");
    expect(valueAt(values, ["tags", 0])).toBe("y");
    expect(valueAt(values, ["properties", "toString"])).toBeUndefined();
    expect(valueAt(values, ["tags", 0, "length"])).toBeUndefined();
  });
});

describe("secrets in outputs", () => {
  const follows = { allProperties: "properties", localFileHash: "localFile" };

  test("are where the inputs were, and in what follows them", () => {
    expect(secretsInOutputs([["properties", "a"], ["localFile"], ["copyFrom"]], follows)).toEqual([
      ["properties", "a"],
      ["localFile"],
      ["copyFrom"],
      ["allProperties", "a"],
      ["localFileHash"],
    ]);
  });

  test("take a whole list, whose order is not ours", () => {
    expect(secretsInOutputs([["tags", 1]], follows)).toEqual([["tags"]]);
  });
});

describe("ignored changes", () => {
  const state = { name: "seen", tags: ["seen"], properties: { a: "seen", b: "seen" } };
  const news = { name: "wanted", minDisk: 1, properties: { a: "wanted", c: "wanted" } };

  test("stay as they were last seen", () => {
    expect(takenFrom(state, news, [["name"], ["tags"], ["minDisk"]])).toEqual({
      name: "seen",
      tags: ["seen"],
      properties: news.properties,
    });
  });

  test("also one member of a map, or all of them", () => {
    expect(takenFrom(state, news, [["properties", "a"]])).toMatchObject({ properties: { a: "seen", c: "wanted" } });
    expect(takenFrom(state, news, [["properties", "*"]])).toMatchObject({ properties: { a: "seen", b: "seen" } });
  });

  test("nothing ignored changes nothing", () => {
    expect(takenFrom(state, news, [])).toEqual(news);
  });
});
