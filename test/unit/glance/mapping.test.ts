import type { ImageFields, NewImage } from "../../../provider/glance/api";
import type { ApiName } from "../../../provider/glance/apiNames";
import { blankImage, type GlanceImage } from "../../../provider/glance/image";
import { decodeImage as decodeV1 } from "../../../provider/glance/v1/codec";
import { encodeFields, imageIn } from "../../../provider/glance/v1/headers";
import { decodeImage as decodeV2, encodeNewImage } from "../../../provider/glance/v2/codec";

/** A form in which images travel. */
type Form = Exclude<ApiName, "platform9"> | "v1 headers" | "platform9";

interface Row {
  /** What the image says in our words. */
  field: keyof GlanceImage;
  value: unknown;
  /** Where the form keeps it, and how it is written there; none where the form does not say. */
  wire: Partial<Record<Form, readonly [key: string, value: unknown]>>;
  /** The forms in which a client writes it like that. Default: none. */
  written?: readonly Form[];
}

const id = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
const everywhere = (key: string, value: unknown, header = String(value)) => ({
  v2: [key, value] as const,
  v1: [key, value] as const,
  "v1 headers": [`x-image-meta-${key.replaceAll("_", "-")}`, header] as const,
});

/** The fields of an image and how each form spells them: what image.ts documents. */
const table: readonly Row[] = [
  { field: "id", value: id, wire: everywhere("id", id) },
  { field: "name", value: "debian", wire: everywhere("name", "debian"), written: ["v2", "v1 headers"] },
  { field: "status", value: "active", wire: everywhere("status", "active") },
  {
    field: "visibility",
    value: "public",
    wire: { ...everywhere("is_public", true, "True"), v2: ["visibility", "public"] },
    written: ["v2"],
  },
  { field: "protected", value: true, wire: everywhere("protected", true, "True"), written: ["v2"] },
  { field: "hidden", value: true, wire: { v2: ["os_hidden", true] }, written: ["v2"] },
  { field: "owner", value: "p1", wire: everywhere("owner", "p1"), written: ["v2", "v1 headers"] },
  { field: "diskFormat", value: "qcow2", wire: everywhere("disk_format", "qcow2"), written: ["v2", "v1 headers"] },
  {
    field: "containerFormat",
    value: "bare",
    wire: everywhere("container_format", "bare"),
    written: ["v2", "v1 headers"],
  },
  { field: "minDisk", value: 4, wire: everywhere("min_disk", 4), written: ["v2", "v1 headers"] },
  { field: "minRam", value: 512, wire: everywhere("min_ram", 512), written: ["v2", "v1 headers"] },
  { field: "size", value: 11, wire: everywhere("size", 11) },
  { field: "virtualSize", value: 22, wire: everywhere("virtual_size", 22) },
  { field: "checksum", value: "5eb63bbbe01eeed0", wire: everywhere("checksum", "5eb63bbbe01eeed0") },
  { field: "osHashAlgo", value: "sha512", wire: { v2: ["os_hash_algo", "sha512"] } },
  { field: "osHashValue", value: "abc", wire: { v2: ["os_hash_value", "abc"] } },
  {
    field: "createdAt",
    value: "2026-01-31T12:00:00Z",
    wire: { ...everywhere("created_at", "2026-01-31T12:00:00"), v2: ["created_at", "2026-01-31T12:00:00Z"] },
  },
  {
    field: "updatedAt",
    value: "2026-01-31T12:00:01Z",
    wire: { ...everywhere("updated_at", "2026-01-31 12:00:01"), v2: ["updated_at", "2026-01-31T12:00:01Z"] },
  },
  {
    field: "deletedAt",
    value: "2026-01-31T12:00:02Z",
    wire: {
      v1: ["deleted_at", "2026-01-31T12:00:02"],
      "v1 headers": ["x-image-meta-deleted-at", "2026-01-31T12:00:02"],
    },
  },
  { field: "tags", value: ["a", "b"], wire: { v2: ["tags", ["a", "b"]] }, written: ["v2"] },
  { field: "stores", value: ["fast", "cheap"], wire: { v2: ["stores", "fast,cheap"] } },
  { field: "directUrl", value: "file:///x", wire: { v2: ["direct_url", "file:///x"] } },
  { field: "file", value: `/v2/images/${id}/file`, wire: { v2: ["file", `/v2/images/${id}/file`] } },
];

/** How each form is read, and how a client writes it; no writer for a form that only comes from the service. */
const forms: Partial<
  Record<
    Form,
    {
      decode(wire: Record<string, unknown>): GlanceImage;
      encode?(image: NewImage): Readonly<Record<string, unknown>>;
      /** What a client writes in other words than the service. */
      writes?: Readonly<Record<string, unknown>>;
    }
  >
> = {
  v2: { decode: (wire) => decodeV2(wire, "image"), encode: encodeNewImage },
  v1: { decode: (wire) => decodeV1(wire, "image") },
  "v1 headers": {
    decode: (wire) => decodeV1(imageIn(wire as Record<string, string>), "image"),
    encode: (image) => encodeFields(image),
  },
};

describe.each(Object.entries(forms))("%s", (name, { decode, encode }) => {
  const said = table.filter(({ wire }) => wire[name as Form] !== undefined);
  const wire = Object.fromEntries(said.map((row) => row.wire[name as Form] as [string, unknown]));

  test("says what the table says, and nothing of the rest", () => {
    const expected = {
      ...blankImage(id),
      ...Object.fromEntries(said.map(({ field, value }) => [field, value])),
    };
    expect(decode(wire)).toEqual(expected);
  });

  const written = said.filter((row) => row.written?.includes(name as Form));
  const writes = encode ? test : test.skip;
  writes("is written as the table says", () => {
    const fields = Object.fromEntries(written.map(({ field, value }) => [field, value])) as ImageFields;
    const expected = Object.fromEntries(written.map((row) => row.wire[name as Form] as [string, unknown]));
    expect(encode?.(fields)).toEqual(expected);
  });
});
