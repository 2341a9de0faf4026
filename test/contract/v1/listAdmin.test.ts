import { contractOf, unique } from "../suite";
import { names, reserve } from "./images";

contractOf("v1", "is_public of GET /v1/images", ({ admin, demo }) => {
  const mark = unique("mark");
  const list = async (query: Record<string, string>) =>
    (await names(admin, { "property-mark": mark, ...query })).sort().join(" ");

  beforeAll(async () => {
    const marked = { "x-image-meta-property-mark": mark };
    await reserve(admin, { ...marked, "x-image-meta-name": "public", "x-image-meta-is_public": "True" });
    await reserve(admin, { ...marked, "x-image-meta-name": "own" });
    await reserve(demo, { ...marked, "x-image-meta-name": "foreign" });
  });

  it.each([
    [{}, "own public"],
    [{ is_public: "True" }, "own public"],
    [{ is_public: "1" }, "own public"],
    [{ is_public: "False" }, "foreign own"],
    [{ is_public: "None" }, "foreign own public"],
    [{ is_public: "none" }, "foreign own public"],
  ] as [Record<string, string>, string][])("an administrator sees by %j: %s", async (query, expected) => {
    expect(await list(query)).toBe(expected);
  });
});
