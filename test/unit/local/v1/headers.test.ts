import fc from "fast-check";
import type { FastifyRequest } from "fastify";
import type { Image } from "../../../../provider/local/store/image";
import { readMeta } from "../../../../provider/local/v1/meta";
import { imageHeaders } from "../../../../provider/local/v1/view";
import { isUuid } from "../../../../provider/local/v2/uuid";

const image: Image = {
  id: "11111111-1111-4111-8111-111111111111",
  name: null,
  status: "active",
  visibility: "shared",
  protected: false,
  hidden: false,
  owner: "demo",
  diskFormat: "raw",
  containerFormat: "bare",
  minDisk: 0,
  minRam: 0,
  size: 3,
  virtualSize: null,
  checksum: "900150983cd24fb0d6963f7d28e17f72",
  hashAlgorithm: null,
  hashValue: null,
  tags: [],
  properties: new Map(),
  stores: [],
  members: [],
  createdAt: "2026-01-31T12:00:00.123456",
  updatedAt: "2026-01-31T12:00:00.123456",
  deletedAt: null,
};

const read = (headers: Record<string, string>) => readMeta({ headers } as unknown as FastifyRequest);

/** Any text without control characters. */
const text = fc.string({ unit: "grapheme", minLength: 1 }).filter((value) => !/\p{Cc}/u.test(value));
const name = fc.stringMatching(/^[a-z0-9_]{1,20}$/);

it("are read as they are written", () => {
  const properties = fc.array(fc.tuple(name, text)).map((pairs) => new Map(pairs));
  const fields = fc.record({
    name: text,
    minDisk: fc.nat(),
    size: fc.maxSafeNat(),
    protected: fc.boolean(),
    properties,
  });
  fc.assert(
    fc.property(fields, (given) => {
      const meta = read(imageHeaders({ ...image, ...given }));
      expect(meta.fields).toMatchObject({
        id: image.id,
        name: given.name,
        min_disk: given.minDisk,
        size: given.size,
        protected: given.protected,
        is_public: false,
        created_at: image.createdAt,
      });
      expect(meta.fields).not.toHaveProperty("virtual_size");
      expect(meta.properties).toEqual(given.properties);
    }),
  );
});

it("take hyphens and underscores for the same", () => {
  fc.assert(
    fc.property(name, text, (property, value) => {
      const header = `x-image-meta-property-${property.replaceAll("_", "-")}`;
      const { properties } = read({ [header]: Buffer.from(value).toString("latin1") });
      expect(properties).toEqual(new Map([[property, value]]));
    }),
  );
});

it.each([
  "11111111-1111-4111-8111-111111111111",
  "11111111111141118111111111111111",
  "{11111111-1111-4111-8111-11111111ABCD}",
  "urn:uuid:11111111-1111-4111-8111-111111111111",
])("have an id like %s", (id) => expect(isUuid(id)).toBe(true));

it.each(["", "abc", "11111111-1111-4111-8111-11111111111", "g1111111-1111-4111-8111-111111111111"])(
  "have no id like %j",
  (id) => expect(isUuid(id)).toBe(false),
);
