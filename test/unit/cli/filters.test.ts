import fc from "fast-check";
import { filtersFrom } from "../../../provider/cli/images/filters";

test("texts become what getImages takes: lists by repetition, numbers, flags and properties", () => {
  const texts = [
    ...["name=a=b", "tags=x", "tags=y", "ids=1", "sizeMin=10", "minRam=0", "protected=true", "hidden=false"],
    ...["createdAt=gte:2026-01-31T12:00:00Z", "property:os_distro=ubuntu", "property:trait:HW=a=b", "maxResults=5"],
  ];
  expect(filtersFrom(texts)).toEqual({
    name: "a=b",
    tags: ["x", "y"],
    ids: ["1"],
    sizeMin: 10,
    minRam: 0,
    protected: true,
    hidden: false,
    createdAt: "gte:2026-01-31T12:00:00Z",
    maxResults: 5,
    properties: { os_distro: "ubuntu", "trait:HW": "a=b" },
  });
  expect(filtersFrom([])).toEqual({});
});

test.each([
  ["name", '--filter must look like name=value, not "name".'],
  ["=x", '--filter must look like name=value, not "=x".'],
  ["sizeMin=many", "The filter sizeMin must be a whole number of bytes."],
  ["sizeMin=", "The filter sizeMin must be a whole number of bytes."],
  ["minDisk=1.5", "The filter minDisk must be a whole number of GiB."],
  ["protected=yes", "The filter protected must be true or false."],
  ["visibility=hidden", "The filter visibility must be one of public, private, shared, community, all."],
  ["sort=age", expect.stringMatching(/^The filter sort must look like name:asc,created_at:desc; the keys are /)],
  ["createdAt=yesterday", expect.stringMatching(/^The filter createdAt must be a time like /)],
  ["cloud=lab", expect.stringMatching(/^There is no filter cloud; the filters are ids, name, .*, property:NAME\.$/)],
  ["toString=x", expect.stringMatching(/^There is no filter toString; /)],
])("%s is refused", (text, sentence) => {
  expect(() => filtersFrom([text])).toThrow(expect.objectContaining({ message: sentence }));
});

test("what has one value is given once, and what contradicts is refused", () => {
  expect(() => filtersFrom(["name=a", "name=b"])).toThrow("The filter name is given twice.");
  expect(() => filtersFrom(["property:a=1", "property:a=2"])).toThrow("The filter a is given twice.");
  expect(() => filtersFrom(["name=a", "names=b"])).toThrow("The filter names cannot be given together with name.");
});

test("a property may be called like what every object has", () => {
  for (const name of ["__proto__", "constructor", "toString"]) {
    const { properties = {} } = filtersFrom([`property:${name}=x`]);
    expect(Object.entries(properties)).toEqual([[name, "x"]]);
  }
});

test("any value of a text, a tag or a property arrives as it is", () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string(), { minLength: 1 }), fc.string(), (name, tags, value) => {
      const texts = [`name=${name}`, ...tags.map((tag) => `tags=${tag}`), `property:p=${value}`];
      expect(filtersFrom(texts)).toEqual({ name, tags, properties: { p: value } });
    }),
  );
});
