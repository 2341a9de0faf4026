import { contractOf, unique } from "../suite";
import { create, detail, names, reserve, unknownId } from "./images";
import { refusedByRegistry, registrySays } from "./refusals";

const sortKeys = "name, status, container_format, disk_format, size, id, created_at, updated_at";

contractOf("v1", "pages and order of GET /v1/images", ({ demo, alt }) => {
  const mark = unique("mark");
  const ids: string[] = [];
  const list = (query: Record<string, string>) => names(demo, { "property-mark": mark, ...query });

  beforeAll(async () => {
    for (const [name, content] of [
      ["b", "1"],
      ["c", "333"],
      ["a", "22"],
    ] as const) {
      const image = await create(demo, { "x-image-meta-name": name, "x-image-meta-property-mark": mark }, content);
      ids.push(image.id);
    }
  });

  it.each([
    [{}, "acb"],
    [{ sort_dir: "asc" }, "bca"],
    [{ sort_key: "name" }, "cba"],
    [{ sort_key: "name", sort_dir: "asc" }, "abc"],
    [{ sort_key: "size", sort_dir: "desc" }, "cab"],
    [{ sort_key: "status", sort_dir: "asc" }, "bca"],
    [{ limit: "2" }, "ac"],
    [{ limit: "0" }, ""],
    [{ limit: "1000000" }, "acb"],
    [{ limit: " 2 " }, "ac"],
  ] as [Record<string, string>, string][])("%j", async (query, expected) => {
    expect((await list(query)).join("")).toBe(expected);
    const detailed = await detail(demo, { "property-mark": mark, ...query });
    expect(detailed.map(({ name }) => name).join("")).toBe(expected);
  });

  it("goes on after a marker", async () => {
    const [b = "", , a = ""] = ids;
    expect(await list({ marker: a })).toEqual(["c", "b"]);
    expect(await list({ marker: a, limit: "1" })).toEqual(["c"]);
    expect(await list({ marker: b })).toEqual([]);
    expect(await list({ marker: b, sort_key: "name", sort_dir: "asc" })).toEqual(["c"]);
  });

  it.each([
    [{ limit: "-1" }, registrySays.detail(400, "limit param must be positive")],
    [{ limit: "abc" }, registrySays.detail(400, "limit param must be an integer")],
    [{ limit: "" }, registrySays.detail(400, "limit param must be an integer")],
    [{ marker: "abc" }, registrySays.reason(400, "Invalid marker format")],
    [{ marker: unknownId }, registrySays.reason(400, "Invalid marker. Image could not be found.")],
    [{ marker: "" }, registrySays.reason(400, "Invalid marker. Image could not be found.")],
    [{ sort_key: "min_ram" }, registrySays.reason(400, `Unsupported sort_key. Acceptable values: ${sortKeys}`)],
    [{ sort_dir: "ASC" }, registrySays.reason(400, "Unsupported sort_dir. Acceptable values: asc, desc")],
  ] as [Record<string, string>, string][])("refuses %j", async (query, said) => {
    const refusal = refusedByRegistry(400, said);
    expect(await demo.get("/v1/images", query)).toMatchObject(refusal);
    expect(await demo.get("/v1/images/detail", query)).toMatchObject(refusal);
  });

  it("refuses a marker that the caller must not see", async () => {
    const { id } = await reserve(demo);
    const said = registrySays.reason(400, "Invalid marker. Image could not be found.");
    expect(await alt.get("/v1/images", { marker: id })).toMatchObject(refusedByRegistry(400, said));
  });
});
