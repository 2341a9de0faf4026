import fc from "fast-check";
import type { GlanceImage } from "../../../provider/glance/api";
import { isAttribute } from "../../../provider/glance/attributes";

/** An image as Glance 33 shows it. */
export const wireImage = {
  id: "b2173dd3-7ad6-4362-baa6-a68bce3565cb",
  name: "edge-os",
  status: "active",
  visibility: "private",
  protected: false,
  os_hidden: false,
  owner: "p1",
  disk_format: "qcow2",
  container_format: "bare",
  min_disk: 2,
  min_ram: 0,
  size: 11,
  virtual_size: null,
  checksum: "5eb63bbbe01eeed093cb22bb8f5acdc3",
  os_hash_algo: "sha512",
  os_hash_value: "309ecc48",
  created_at: "2026-01-31T12:00:00Z",
  updated_at: "2026-01-31T12:00:01Z",
  tags: ["edge", "x86"],
  stores: "fast,cheap",
  direct_url: "file:///data/b2173dd3",
  self: "/v2/images/b2173dd3-7ad6-4362-baa6-a68bce3565cb",
  file: "/v2/images/b2173dd3-7ad6-4362-baa6-a68bce3565cb/file",
  schema: "/v2/schemas/image",
};

export function wireWith(changes: Record<string, unknown>): Record<string, unknown> {
  return { ...wireImage, ...changes };
}

/** How a server writes an image: the opposite of the decoder, kept apart from it on purpose. */
export function toWire(image: GlanceImage): Record<string, unknown> {
  const optional = {
    stores: image.stores.join(","),
    direct_url: image.directUrl,
    file: image.file,
    os_glance_import_task: image.import.task,
    os_glance_importing_to_stores: image.import.importingTo.join(","),
    os_glance_failed_import: image.import.failedStores.join(","),
  };
  return Object.fromEntries([
    ...Object.entries({
      id: image.id,
      name: image.name,
      status: image.status,
      visibility: image.visibility,
      protected: image.protected,
      os_hidden: image.hidden,
      owner: image.owner,
      disk_format: image.diskFormat,
      container_format: image.containerFormat,
      min_disk: image.minDisk,
      min_ram: image.minRam,
      size: image.size,
      virtual_size: image.virtualSize,
      checksum: image.checksum,
      os_hash_algo: image.osHashAlgo,
      os_hash_value: image.osHashValue,
      created_at: image.createdAt,
      updated_at: image.updatedAt,
      tags: image.tags,
    }),
    ...Object.entries(optional).filter(([, value]) => value !== undefined),
    ...Object.entries(image.properties),
    ...Object.entries(image.unknown),
  ]);
}

const awkward = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "",
  "a/b",
  "c~d",
  "e~1f",
  "~0",
  "x:y z",
  "ü",
];

/** Names of custom properties, the awkward ones often. */
export const propertyName = fc.oneof(fc.constantFrom(...awkward), fc.string()).filter((name) => !isAttribute(name));

export function recordOf<T>(name: fc.Arbitrary<string>, value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> {
  return fc.array(fc.tuple(name, value), { maxLength: 6 }).map((entries) => Object.fromEntries(entries));
}

export const properties = recordOf(propertyName, fc.string());

const nullableText = fc.option(fc.string());
const size = fc.option(fc.nat());
const tags = fc.uniqueArray(fc.string(), { maxLength: 5 });
const time = fc
  .date({ min: new Date("2010-01-01"), max: new Date("2090-01-01"), noInvalidDate: true })
  .map((date) => `${date.toISOString().slice(0, 19)}Z`);
const storeIds = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/), { maxLength: 3 });
const optionalText = fc.option(fc.string({ minLength: 1 }), { nil: undefined });

/** Images as a server may show them; known attributes only, so that `unknown` is what a newer server adds. */
export const image: fc.Arbitrary<GlanceImage> = fc
  .record({
    id: fc.uuid(),
    name: nullableText,
    status: fc.constantFrom("queued", "active", "importing", "some-later-status"),
    visibility: fc.constantFrom("public" as const, "private" as const, "shared" as const, "community" as const),
    protected: fc.boolean(),
    hidden: fc.boolean(),
    owner: nullableText,
    diskFormat: fc.option(fc.constantFrom("raw", "qcow2")),
    containerFormat: fc.option(fc.constantFrom("bare", "ovf")),
    minDisk: fc.nat(),
    minRam: fc.nat(),
    size,
    virtualSize: size,
    checksum: nullableText,
    osHashAlgo: nullableText,
    osHashValue: nullableText,
    createdAt: time,
    updatedAt: time,
    tags,
    properties,
    stores: storeIds,
    directUrl: optionalText,
    file: optionalText,
    import: fc.record({ task: optionalText, importingTo: storeIds, failedStores: storeIds }),
    progress: fc.constant(undefined),
    deletedAt: fc.constant(undefined),
    copyFrom: fc.constant(undefined),
    serverId: fc.constant(undefined),
    unknown: recordOf(
      propertyName,
      fc
        .json()
        .map((text): unknown => JSON.parse(text))
        .filter((value) => typeof value !== "string" && !Object.is(value, -0)),
    ),
  })
  .filter((image) => Object.keys(image.unknown).every((name) => !Object.hasOwn(image.properties, name)));

/** Changes that any image may get. */
export const changes = fc.record(
  {
    name: nullableText,
    diskFormat: fc.constantFrom("raw", "qcow2"),
    containerFormat: fc.constantFrom("bare", "ovf"),
    minDisk: fc.nat(),
    minRam: fc.nat(),
    visibility: fc.constantFrom("public" as const, "private" as const),
    protected: fc.boolean(),
    hidden: fc.boolean(),
    tags: fc.array(fc.string(), { maxLength: 5 }),
    owner: fc.string(),
    properties: recordOf(propertyName, fc.option(fc.string())),
  },
  { requiredKeys: [] },
);
