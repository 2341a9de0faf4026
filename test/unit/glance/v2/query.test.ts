import fc from "fast-check";
import type { ImageQuery } from "../../../../provider/glance/api";
import { decodeImage } from "../../../../provider/glance/v2/codec";
import { idsPerRequest, planList } from "../../../../provider/glance/v2/query";
import { properties, wireImage, wireWith } from "../fixtures";

const only = (query: ImageQuery) => {
  const { requests } = planList(query);
  expect(requests).toHaveLength(1);
  return requests[0]?.toString() ?? "";
};
const matches = (query: ImageQuery, changes: Record<string, unknown>) =>
  planList(query).matches(decodeImage(wireWith(changes), "image"));

test.each<[string, ImageQuery, string]>([
  ["nothing", {}, ""],
  ["a name with an operator in it", { name: 'in:"a",b' }, "name=eq%3Ain%3A%22a%22%2Cb"],
  ["every tag", { tags: ["a b", "c"] }, "tag=a+b&tag=c"],
  ["booleans in lower case", { protected: true, hidden: false }, "protected=true&os_hidden=false"],
  [
    "a time with an offset",
    { createdAt: "gt:2026-01-31T12:00:00+02:00" },
    "created_at=gt%3A2026-01-31T12%3A00%3A00%2B02%3A00",
  ],
  ["any of several names", { names: ["a,b", "c"] }, "name=in%3A%22a%2Cb%22%2C%22c%22"],
  [
    "any of several statuses and formats",
    { statuses: ["active", "queued"], diskFormats: ["raw"], containerFormats: ["bare", "ova"] },
    "status=in%3A%22active%22%2C%22queued%22&disk_format=in%3A%22raw%22&container_format=in%3A%22bare%22%2C%22ova%22",
  ],
  ["what a server needs", { minDisk: 1, minRam: 0 }, "min_disk=1&min_ram=0"],
  ["sizes", { sizeMin: 0, sizeMax: 5 }, "size_min=0&size_max=5"],
  [
    "who may see it",
    { owner: "eq:p", visibility: "all", memberStatus: "pending" },
    "owner=eq%3Ap&visibility=all&member_status=pending",
  ],
  [
    "formats and status",
    { status: "active", diskFormat: "raw", containerFormat: "bare" },
    "status=active&disk_format=raw&container_format=bare",
  ],
  ["order and page", { sort: "name:asc,size", limit: 5, marker: "m" }, "sort=name%3Aasc%2Csize&limit=5&marker=m"],
  [
    "properties as they are",
    { properties: { "trait:CUSTOM_X": "required", os: "eq:" } },
    "trait%3ACUSTOM_X=required&os=eq%3A",
  ],
])("asks for %s", (_, query, expected) => {
  expect(only(query)).toBe(expected);
});

describe("what the service cannot sift is sifted here", () => {
  test.each([
    "disk_min",
    "x_max",
    "locations",
    "properties",
    "members",
    "metadata",
    "keys",
    "tags",
    "tag",
    "limit",
    "marker",
    "sort",
    "__class__",
    "name",
  ])("a property named %s", (name) => {
    expect(only({ properties: { [name]: "x", os: "linux" } })).toBe("os=linux");
  });

  test("by the value of the property", () => {
    const query: ImageQuery = { properties: JSON.parse('{"items":"x","__proto__":"y"}') };
    expect(only(query)).toBe("");
    expect(matches(query, JSON.parse('{"items":"x","__proto__":"y"}'))).toBe(true);
    expect(matches(query, JSON.parse('{"items":"z","__proto__":"y"}'))).toBe(false);
    expect(matches(query, { items: "x" })).toBe(false);
  });

  test("tags that the service would trim", () => {
    expect(only({ tags: [" a ", "b"] })).toBe("tag=b");
    expect(matches({ tags: [" a "] }, { tags: [" a ", "b"] })).toBe(true);
    expect(matches({ tags: [" a "] }, { tags: ["a"] })).toBe(false);
  });

  test("names that cannot be written as one filter", () => {
    const names = ['a"b', "c"];
    expect(only({ names })).toBe("");
    expect(matches({ names }, { name: 'a"b' })).toBe(true);
    expect(matches({ names }, { name: "d" })).toBe(false);
    const many = Array.from({ length: 200 }, (_, index) => `a rather long name of an image, number ${index}`);
    expect(only({ names: many })).toBe("");
    expect(matches({ names: many }, { name: many[199] })).toBe(true);
  });

  test("upper and lower case of names and tags", () => {
    expect(matches({ name: "Edge" }, { name: "edge" })).toBe(false);
    expect(matches({ name: "edge", tags: ["x86"] }, { name: "edge", tags: ["X86"] })).toBe(false);
    expect(matches({ name: "edge", tags: ["x86"] }, { name: "edge", tags: ["x86", "b"] })).toBe(true);
  });
});

/** Glance's own reading of an `id` filter (glance/common/utils.py, `split_filter_op` and `split_filter_value_for_quotes`). */
function idsOf(filter: string): string[] {
  const colon = filter.indexOf(":");
  const [operator, value] = [filter.slice(0, colon), filter.slice(colon + 1)];
  if (operator === "eq") return [value];
  expect(operator).toBe("in");
  const parts = value.match(/"[^"\\]*"/g) ?? [];
  expect(parts.join(",")).toBe(value);
  return parts.map((part) => part.slice(1, -1));
}

describe("ids", () => {
  const asked = (ids: readonly string[]) => planList({ ids }).requests.map((request) => request.get("id") ?? "");

  test("each is asked for once, in URLs that are not too long", () => {
    const ids = fc.array(fc.oneof(fc.uuid(), fc.string({ maxLength: 60 })), { maxLength: 200 });
    fc.assert(
      fc.property(ids, (ids) => {
        const filters = asked(ids);
        expect(filters.flatMap(idsOf).sort()).toEqual([...new Set(ids)].sort());
        for (const filter of filters) expect(encodeURIComponent(filter).length).toBeLessThan(3000);
      }),
    );
  });

  test("no ids, no request", () => {
    expect(asked([])).toEqual([]);
  });

  test("a batch of UUIDs fits in one request", () => {
    const uuids = Array.from({ length: idsPerRequest }, (_, index) => wireImage.id.replace(/..$/, String(index + 10)));
    expect(asked(uuids)).toHaveLength(1);
  });

  test("the other filters go with every request", () => {
    const { requests } = planList({ ids: ['a"b', "c\\", "d"], owner: "p" });
    expect(requests.map(String)).toEqual(["id=in%3A%22d%22&owner=p", "id=eq%3Aa%22b&owner=p", "id=eq%3Ac%5C&owner=p"]);
  });
});

test("every property filter is either sent or sifted", () => {
  fc.assert(
    fc.property(properties, (properties) => {
      const { requests, matches } = planList({ properties });
      const sent = requests[0] ?? new URLSearchParams();
      const without = decodeImage(wireImage, "image");
      const allSent = Object.entries(properties).every(([name, value]) => sent.get(name) === value);
      expect(matches(without)).toBe(allSent);
    }),
  );
});
