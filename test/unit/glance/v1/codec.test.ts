import fc from "fast-check";
import { decodeImage } from "../../../../provider/glance/v1/codec";
import { imageIn } from "../../../../provider/glance/v1/headers";
import { isCarriable } from "../../../../provider/glance/v1/text";
import { headersOf, wireImage, wireWith } from "./cloud";

const decode = (changes: Record<string, unknown>) => decodeImage(wireWith(changes), "image");

test("reads every attribute of the JSON", () => {
  expect(decode({})).toEqual({
    id: wireImage.id,
    name: "edge-os",
    status: "active",
    progress: undefined,
    visibility: "private",
    protected: false,
    hidden: false,
    owner: "p1",
    diskFormat: "qcow2",
    containerFormat: "bare",
    minDisk: 2,
    minRam: 64,
    size: 11,
    virtualSize: null,
    checksum: "5eb63bbbe01eeed093cb22bb8f5acdc3",
    osHashAlgo: null,
    osHashValue: null,
    createdAt: "2026-01-31T12:00:00.000000Z",
    updatedAt: "2026-01-31T12:00:01.000000Z",
    deletedAt: undefined,
    tags: [],
    properties: { os_distro: "debian" },
    stores: [],
    directUrl: undefined,
    file: undefined,
    copyFrom: undefined,
    serverId: undefined,
    import: { task: undefined, importingTo: [], failedStores: [] },
    unknown: {},
  });
});

const text = fc.string({ unit: "grapheme" }).filter(isCarriable);
const wire = fc.record({
  id: fc.uuid(),
  name: fc.option(text),
  status: fc.constantFrom("queued", "saving", "active", "killed", "deactivated", "some-later-status"),
  is_public: fc.boolean(),
  protected: fc.boolean(),
  owner: fc.option(text),
  disk_format: fc.option(fc.constantFrom("raw", "qcow2")),
  container_format: fc.option(fc.constantFrom("bare", "ovf")),
  min_disk: fc.nat(),
  min_ram: fc.nat(),
  size: fc.nat(),
  virtual_size: fc.option(fc.nat()),
  checksum: fc.option(fc.stringMatching(/^[0-9a-f]{32}$/)),
  created_at: fc.constantFrom("2014-09-02T22:25:50", "2014-09-02 22:25:50", "2014-09-02T22:25:50.123456"),
  properties: fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9_.]{0,12}$/), text, { maxKeys: 5 }),
});

test("headers say the same as JSON", () => {
  fc.assert(
    fc.property(wire, (image) => {
      const sent = headersOf({ ...wireImage, ...image } as typeof wireImage);
      const lowerCase = Object.fromEntries(Object.entries(sent).map(([name, value]) => [name.toLowerCase(), value]));
      expect(decodeImage(imageIn(lowerCase), "image")).toEqual(decodeImage({ ...wireImage, ...image }, "image"));
    }),
  );
});

test("headers of attributes may come with hyphens", () => {
  const image = imageIn({
    "x-image-meta-id": "i",
    "x-image-meta-disk-format": "raw",
    "x-image-meta-is-public": "TRUE",
  });
  expect(decodeImage(image, "image")).toMatchObject({ diskFormat: "raw", visibility: "public" });
});

test.each<[unknown, unknown]>([
  [true, "public"],
  ["True", "public"],
  ["1", "public"],
  ["yes", "public"],
  ["off", "private"],
  [null, undefined],
])("is_public %j reads as %j", (is_public, visibility) => {
  expect(decode({ is_public }).visibility).toBe(visibility);
});

test.each<[string, unknown, number | null]>([
  ["active", 0, 0],
  ["active", "5368709120", 5368709120],
  ["queued", 0, null],
  ["queued", "0", null],
  ["killed", 0, null],
  ["saving", 4096, 4096],
  ["active", "", null],
])("an image that is %s with size %j has %j bytes", (status, size, bytes) => {
  expect(decode({ status, size, checksum: null }).size).toBe(bytes);
});

test.each([
  ["ACTIVE", "active"],
  ["pending", "queued"],
  ["available", "active"],
  ["pending_delete", "pending_delete"],
  [null, "unknown"],
])("the status %j reads as %s", (written, status) => {
  expect(decode({ status: written }).status).toBe(status);
});

test("a queued image that knows its size before its data waits for its copy", () => {
  expect(decode({ status: "queued", size: 4096, checksum: null }).import.task).toBe("copy_from");
  expect(decode({ status: "queued", size: 0, checksum: null }).import.task).toBeUndefined();
  expect(decode({ status: "saving", size: 4096, checksum: null }).import.task).toBeUndefined();
});

test("an emptied property is none, and one that is no text is not taken for one", () => {
  const image = decode({ properties: { gone: null, empty: "", flag: true } });
  expect(image.properties).toEqual({ empty: "" });
  expect(image.unknown).toEqual({ flag: true });
});

test.each<[unknown, unknown, number | null]>([
  [null, "21474836480", 21474836480],
  [1024, "21474836480", 1024],
  [null, "twenty", null],
  [null, undefined, null],
])("virtual_size %j beside pf9_virtual_size %j is %j bytes", (virtual_size, pf9, bytes) => {
  const properties = pf9 === undefined ? {} : { pf9_virtual_size: pf9 };
  expect(decode({ virtual_size, properties }).virtualSize).toBe(bytes);
});

test("a snapshot knows its server", () => {
  expect(decode({ properties: { instance_uuid: "s1" } }).serverId).toBe("s1");
});

test.each([[{ min_disk: "two" }], [{ protected: "perhaps" }], [{ created_at: "yesterday" }], [{ properties: [] }]])(
  "%j is no answer of the API",
  (changes) => {
    expect(() => decode(changes)).toThrow(expect.objectContaining({ code: "BAD_RESPONSE" }));
  },
);

test.each(["constructor", "__proto__", "toString"])("the word %s means no more than any other", (word) => {
  expect(decode({ status: word }).status).toBe(word.toLowerCase());
  expect(() => decode({ is_public: word })).toThrow(`image.is_public is the string "${word}" instead of true or false`);
  expect(() => decode({ is_public: { [word]: 1 } })).toThrow("image.is_public is an object instead of true or false");
});
