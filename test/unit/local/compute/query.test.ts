import fc from "fast-check";
import { listQuery } from "../../../../provider/local/compute/query";

const known = ["name", "status", "server", "type", "minDisk", "minRam", "changes-since", "property-a", "marker"];

describe("the query of the next page", () => {
  it("has every known parameter once, and the new marker", () => {
    const pairs = fc.uniqueArray(fc.tuple(fc.constantFrom(...known), fc.string({ unit: "grapheme" })), {
      selector: ([name]) => name,
    });
    fc.assert(
      fc.property(pairs, (given) => {
        const next = new URLSearchParams(listQuery(`/images?${new URLSearchParams(given)}`).next("last"));
        expect(Object.fromEntries(next)).toEqual({ ...Object.fromEntries(given), marker: "last" });
        expect([...next]).toHaveLength(new Set([...given.map(([name]) => name), "marker"]).size);
      }),
    );
  });

  it("is written as Python writes it", () => {
    expect(listQuery("/images?name=a%20b*~.-_%C3%BC/").next("m")).toBe("name=a+b%2A~.-_%C3%BC%2F&marker=m");
  });
});

describe("the query for Glance", () => {
  it.each([
    ["name=a&limit=2&page_size=1&offset=3&foo=bar", { name: "a" }],
    ["status=ACTIVE", { status: "active" }],
    ["server=http://nova/servers/uuid", { instance_uuid: "uuid" }],
    ["server=uuid", { instance_uuid: "uuid" }],
    ["server=uuid/", { instance_uuid: "" }],
    ["type=SERVER", { image_type: "SERVER" }],
    ["minDisk=1&minRam=2", { min_disk: "1", min_ram: "2" }],
    ["changes-since=2020-01-01", { updated_at: "gte:2020-01-01" }],
    ["property-hw_disk_bus=scsi", { hw_disk_bus: "scsi" }],
    ["property-os_distro=debian", { s_distro: "debian" }],
    ["property-limit=1&marker=", {}],
    ["marker=m", { marker: "m" }],
  ])("of %s asks for %j", (query, expected) => {
    expect(Object.fromEntries(new URLSearchParams(listQuery(`/images?${query}`).glance))).toEqual(expected);
  });
});
