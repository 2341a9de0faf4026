import { lacksFor, missingFilters } from "../../../../provider/glance/capabilities";
import { platform9Capabilities, v1Capabilities } from "../../../../provider/glance/v1/capabilities";

test("what the API does not carry is told with the field and the API", () => {
  const lacks = lacksFor(v1Capabilities, {
    inputs: ["name", "tags", "hidden", "deactivated", "properties"],
    visibility: "community",
    properties: { os_distro: "debian", "HW-Model": "x" },
  });
  expect(lacks).toEqual([
    { property: "tags", reason: "the Image API v1 does not carry it" },
    { property: "hidden", reason: "the Image API v1 does not carry it" },
    { property: "deactivated", reason: "the Image API v1 does not carry it" },
    { property: "visibility", reason: "the Image API v1 knows only public and private" },
    { property: 'properties["HW-Model"]', reason: expect.stringContaining('"hw_model" would do') },
  ]);
});

test("Platform9 carries the same, but for its own properties", () => {
  const said = { inputs: ["tags"] as const, properties: { pf9_path: "x" } };
  expect(lacksFor(platform9Capabilities, said)).toEqual([
    { property: "tags", reason: "Platform9's Image API v1 does not carry it" },
    { property: 'properties["pf9_path"]', reason: expect.stringContaining("pf9_") },
  ]);
});

test("only the filters of other APIs are missing", () => {
  const query = { owner: "p", isPublic: true, changesSince: "2026-01-01T00:00:00Z", detail: false, minDisk: 1 };
  expect(missingFilters(v1Capabilities, query)).toEqual([]);
  const foreign = { tags: ["a"], hidden: true, memberStatus: "all", server: "s", type: "BASE" } as const;
  expect(missingFilters(v1Capabilities, foreign).map(({ property }) => property)).toEqual(Object.keys(foreign));
});
