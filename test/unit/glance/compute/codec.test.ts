import fc from "fast-check";
import { asObject, listOf, member } from "../../../../provider/glance/coerce";
import { decodeImage } from "../../../../provider/glance/compute/codec";
import { readDocument } from "../../../../provider/glance/compute/xml";
import { blankImage } from "../../../../provider/glance/image";
import { GlanceError } from "../../../../provider/http/errors";
import { wireImage, wireWith } from "./cloud";
import { type Manner, toJson, toXml } from "./encoder";

const decode = (body: unknown) => decodeImage(body, "image");
const decodeList = (text: string) =>
  member(asObject(readDocument(text), "list"), "images", listOf(decodeImage), "list");

test("an image of Nova 34", () => {
  expect(decode(wireImage)).toEqual({
    ...blankImage(wireImage.id),
    name: "nr-snap",
    status: "active",
    progress: 100,
    minDisk: 1,
    minRam: 64,
    size: 5,
    createdAt: "2026-11-21T00:57:22Z",
    updatedAt: "2026-11-21T00:57:25Z",
    properties: { os_distro: "debian", image_type: "snapshot" },
    file: `http://glance/images/${wireImage.id}`,
    serverId: "9f2d1c3a-5b6e-4a7d-8c1f-0e2b3a4c5d6e",
  });
});

test.each([
  ["ACTIVE", 100, "active"],
  ["SAVING", 25, "queued"],
  ["SAVING", 50, "saving"],
  ["SAVING", undefined, "saving"],
  ["ERROR", 0, "killed"],
  ["DELETED", 0, "deleted"],
  ["UNKNOWN", 0, "unknown"],
  ["unknown", "0", "unknown"],
  ["PENDING", 0, "pending"],
])("the status %s with progress %s is %s", (status, progress, read) => {
  expect(decode(wireWith({ status, progress })).status).toBe(read);
});

test("a size of 0 is none, but for an image that is active", () => {
  const sized = (status: string) => decode(wireWith({ status, "OS-EXT-IMG-SIZE:size": 0 })).size;
  expect([sized("SAVING"), sized("ACTIVE")]).toEqual([null, 0]);
});

test("what Nova keeps as JSON in a property is no property of ours; what is null is none", () => {
  const { properties, unknown } = decode(wireWith({ metadata: { a: "1", mappings: [{ b: 1 }], ramdisk_id: null } }));
  expect(properties).toEqual({ a: "1" });
  expect(unknown).toEqual({ mappings: [{ b: 1 }] });
});

test("an image of a brief list tells no more than its name", () => {
  expect(decode({ id: "a", name: null, links: [] })).toEqual(blankImage("a"));
});

test.each([
  ["no id", { id: undefined }, "image.id is missing instead of a string"],
  ["metadata that are none", { metadata: [] }, "image.metadata is a list instead of an object"],
  ["a size in words", { "OS-EXT-IMG-SIZE:size": "big" }, 'image.OS-EXT-IMG-SIZE:size is the string "big"'],
])("%s is a bad answer", (_name, changes, message) => {
  expect(() => decode(wireWith(changes))).toThrow(message);
});

const word = fc.string({ unit: "grapheme", maxLength: 12 }).filter((text) => !/[\p{Cc}\p{Cn}\p{Cs}]/u.test(text));
const time = fc.date({ min: new Date("2010-01-01"), max: new Date("2090-01-01"), noInvalidDate: true });
const progressOf: Record<string, number> = { active: 100, queued: 25, saving: 50 };

/** Images as Nova may show them in both formats. */
const image = fc
  .record({
    id: fc.uuid(),
    name: fc.option(word),
    status: fc.constantFrom("active", "queued", "saving", "killed", "deleted", "unknown"),
    minDisk: fc.nat(),
    minRam: fc.nat(),
    size: fc.option(fc.nat().map((size) => size + 1)),
    createdAt: time.map((date) => `${date.toISOString().slice(0, 19)}Z`),
    updatedAt: time.map((date) => `${date.toISOString().slice(0, 19)}Z`),
    properties: fc.dictionary(fc.oneof(word, fc.constantFrom("__proto__", "constructor", "kernel_id")), word),
    file: fc.webUrl(),
    serverId: fc.option(fc.uuid(), { nil: undefined }),
  })
  .map(({ id, ...said }) => ({
    ...blankImage(id),
    ...said,
    size: said.status === "active" ? (said.size ?? 0) : said.size,
    progress: progressOf[said.status] ?? 0,
  }));

const manner: fc.Arbitrary<Manner> = fc.record({
  compute: fc.constantFrom("", "c", "atom2"),
  atom: fc.constantFrom("atom", "a"),
  size: fc.constantFrom("OS-EXT-IMG-SIZE", "s"),
  reversed: fc.boolean(),
  quote: fc.constantFrom('"' as const, "'" as const),
  space: fc.constantFrom("", "\n  ", "<!-- between -->"),
  cdata: fc.boolean(),
});

test("images survive JSON", () => {
  fc.assert(fc.property(image, (one) => expect(decode(JSON.parse(JSON.stringify(toJson(one))))).toEqual(one)));
});

test("images survive XML, however it is written", () => {
  fc.assert(
    fc.property(fc.array(image, { maxLength: 4 }), manner, (images, how) => {
      const expected = how.reversed ? images.toReversed() : images;
      expect(decodeList(toXml(images, how))).toEqual(expected);
    }),
  );
});

test("whatever stands where XML was promised is read or is a bad answer", () => {
  const fragments = fc.constantFrom("<images>", "<image", ' id="a"', "/>", "<metadata>", "&x;", "]]>", "<!--", "\0");
  const noise = fc.array(fc.oneof(fragments, fc.string()), { maxLength: 30 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(noise, fc.array(image, { maxLength: 2 }), manner, fc.nat(), (text, images, how, place) => {
      const document = toXml(images, how);
      const at = place % document.length;
      for (const hostile of [text, document.slice(0, at) + text + document.slice(at), document.slice(0, at)]) {
        try {
          decodeList(hostile);
        } catch (error) {
          expect(error).toBeInstanceOf(GlanceError);
          expect((error as GlanceError).code).toBe("BAD_RESPONSE");
        }
      }
    }),
    { numRuns: 300 },
  );
});

test.each([
  ["another root", '<servers xmlns="http://docs.openstack.org/compute/api/v1.1"/>'],
  ["another namespace", '<images xmlns="http://docs.openstack.org/identity/api/v2.0"/>'],
  ["no namespace", "<images/>"],
  ["a prefix without namespace", "<c:images/>"],
  ["a document type", '<!DOCTYPE images [<!ENTITY e SYSTEM "file:///etc/passwd">]><images>&e;</images>'],
  ["deep nesting", "<a>".repeat(10_000) + "</a>".repeat(10_000)],
  ["nothing", ""],
])("%s is a bad answer", (_name, text) => {
  expect(() => decodeList(text)).toThrow(expect.objectContaining({ code: "BAD_RESPONSE" }));
});
