import fc from "fast-check";
import { pageLinks } from "../../../../provider/local/v2/list/parameters";

describe("links of a list", () => {
  it("repeat every parameter once, with its last value and without the marker", () => {
    const name = fc.string({ minLength: 1 }).filter((text) => text !== "marker");
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.string())), (pairs) => {
        const query = new URLSearchParams([...pairs, ["marker", "old"]]);
        const { first, next } = pageLinks("/v2/images", `/v2/images?${query}`, "new");
        const expected = new Map(pairs);
        expect(new Map(new URL(first, "http://host").searchParams)).toEqual(expected);
        expect(new Map(new URL(next ?? "", "http://host").searchParams)).toEqual(expected.set("marker", "new"));
      }),
    );
  });

  it("are written as Python writes them", () => {
    const { first } = pageLinks("/v2/images", "/v2/images?name=a%20b*~!'(ü)&x=", undefined);
    expect(first).toBe("/v2/images?name=a+b%2A~%21%27%28%C3%BC%29&x=");
  });

  it("are bare without parameters, and there is no next one without a marker", () => {
    expect(pageLinks("/v2/images", "/v2/images?marker=x", undefined)).toEqual({ first: "/v2/images" });
  });
});
