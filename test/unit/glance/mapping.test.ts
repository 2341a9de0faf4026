import { decodeImage as decodeAlliance, encodeImage as encodeAlliance } from "../../../provider/glance/alliance/codec";
import type { NewImage } from "../../../provider/glance/api";
import { decodeImage as decodeCompute } from "../../../provider/glance/compute/codec";
import { readDocument } from "../../../provider/glance/compute/xml";
import { blankImage, type GlanceImage } from "../../../provider/glance/image";
import { decodeImage as decodeV1 } from "../../../provider/glance/v1/codec";
import { encodeFields, imageIn } from "../../../provider/glance/v1/headers";
import { decodeImage as decodeV2, encodeNewImage } from "../../../provider/glance/v2/codec";

type Wire = Record<string, unknown>;

interface Form {
  decode(wire: Wire): GlanceImage;
  /** As a client writes it; absent where images only come from the service. */
  encode?(image: NewImage): Wire;
}

/** The forms in which images travel. */
const forms = {
  v2: { decode: (wire) => decodeV2(wire, "image"), encode: encodeNewImage },
  v1: { decode: (wire) => decodeV1(wire, "image") },
  v1Headers: { decode: (wire) => decodeV1(imageIn(wire as Record<string, string>), "image"), encode: encodeFields },
  compute: { decode: (wire) => decodeCompute(wire, "image") },
  computeXml: { decode: (wire) => decodeCompute(readDocument(xml(wire)).image, "image") },
  alliance: { decode: (wire) => decodeAlliance(wire, "image"), encode: (image) => encodeAlliance(image).image },
} as const satisfies Record<string, Form>;

type FormName = keyof typeof forms;

interface Row {
  /** What the image says in our words. */
  field: keyof GlanceImage;
  value: unknown;
  /** Under which key each form keeps it, and how it is written there; absent where a form does not say. */
  wire: Partial<Record<FormName, readonly [key: string, value: unknown]>>;
  /** What a client writes. Default: nothing. */
  written?: Partial<Record<FormName, readonly [key: string, value: unknown]>>;
}

const id = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";

/** The Image APIs call it by one name, and headers write it as text. */
const glance = (key: string, value: unknown) => ({
  v2: [key, value] as const,
  v1: [key, value] as const,
  v1Headers: [`x-image-meta-${key.replaceAll("_", "-")}`, String(value)] as const,
  alliance: [key, value] as const,
});
const nova = (key: string, value: unknown) => ({
  compute: [key, value] as const,
  computeXml: [key, String(value)] as const,
});

/** The fields of an image and how each form spells them, as image.ts documents it. */
const table: readonly Row[] = [
  { field: "id", value: id, wire: { ...glance("id", id), ...nova("id", id) } },
  {
    field: "name",
    value: "debian",
    wire: { ...glance("name", "debian"), ...nova("name", "debian") },
    written: glance("name", "debian"),
  },
  { field: "status", value: "active", wire: { ...glance("status", "active"), ...nova("status", "ACTIVE") } },
  { field: "progress", value: 100, wire: nova("progress", 100) },
  {
    field: "visibility",
    value: "public",
    wire: {
      v2: ["visibility", "public"],
      v1: ["is_public", true],
      v1Headers: ["x-image-meta-is-public", "True"],
      alliance: ["visibility", "public"],
    },
    written: { v2: ["visibility", "public"], v1Headers: ["x-image-meta-is-public", "true"] },
  },
  {
    field: "protected",
    value: true,
    wire: { ...glance("protected", true), v1Headers: ["x-image-meta-protected", "True"] },
    written: { v2: ["protected", true], v1Headers: ["x-image-meta-protected", "true"] },
  },
  { field: "hidden", value: true, wire: { v2: ["os_hidden", true] }, written: { v2: ["os_hidden", true] } },
  {
    field: "owner",
    value: "p1",
    wire: glance("owner", "p1"),
    written: { v2: ["owner", "p1"], v1Headers: ["x-image-meta-owner", "p1"] },
  },
  {
    field: "diskFormat",
    value: "qcow2",
    wire: glance("disk_format", "qcow2"),
    written: glance("disk_format", "qcow2"),
  },
  {
    field: "containerFormat",
    value: "bare",
    wire: glance("container_format", "bare"),
    written: glance("container_format", "bare"),
  },
  {
    field: "minDisk",
    value: 4,
    wire: { ...glance("min_disk", 4), ...nova("minDisk", 4) },
    written: glance("min_disk", 4),
  },
  {
    field: "minRam",
    value: 512,
    wire: { ...glance("min_ram", 512), ...nova("minRam", 512) },
    written: glance("min_ram", 512),
  },
  { field: "size", value: 11, wire: { ...glance("size", 11), ...nova("OS-EXT-IMG-SIZE:size", 11) } },
  { field: "virtualSize", value: 22, wire: glance("virtual_size", 22) },
  { field: "checksum", value: "5eb63bbbe01eeed0", wire: glance("checksum", "5eb63bbbe01eeed0") },
  { field: "osHashAlgo", value: "sha512", wire: { v2: ["os_hash_algo", "sha512"] } },
  { field: "osHashValue", value: "abc", wire: { v2: ["os_hash_value", "abc"] } },
  {
    field: "createdAt",
    value: "2026-01-31T12:00:00Z",
    wire: {
      ...glance("created_at", "2026-01-31T12:00:00Z"),
      v1: ["created_at", "2026-01-31T12:00:00"],
      ...nova("created", "2026-01-31T12:00:00Z"),
    },
  },
  {
    field: "updatedAt",
    value: "2026-01-31T12:00:01Z",
    wire: {
      ...glance("updated_at", "2026-01-31T12:00:01Z"),
      v1: ["updated_at", "2026-01-31 12:00:01"],
      ...nova("updated", "2026-01-31T12:00:01Z"),
    },
  },
  {
    field: "deletedAt",
    value: "2026-01-31T12:00:02Z",
    wire: {
      v1: ["deleted_at", "2026-01-31T12:00:02"],
      v1Headers: ["x-image-meta-deleted-at", "2026-01-31T12:00:02"],
    },
  },
  {
    field: "tags",
    value: ["a", "b"],
    wire: { v2: ["tags", ["a", "b"]], alliance: ["tags", ["a", "b"]] },
    written: { v2: ["tags", ["a", "b"]] },
  },
  {
    field: "properties",
    value: { os_distro: "debian" },
    wire: {
      v2: ["os_distro", "debian"],
      v1: ["properties", { os_distro: "debian" }],
      v1Headers: ["x-image-meta-property-os_distro", "debian"],
      compute: ["metadata", { os_distro: "debian" }],
      computeXml: ["metadata", '<metadata><meta key="os_distro">debian</meta></metadata>'],
      alliance: ["os_distro", "debian"],
    },
  },
  { field: "stores", value: ["fast", "cheap"], wire: { v2: ["stores", "fast,cheap"] } },
  { field: "directUrl", value: "file:///x", wire: { v2: ["direct_url", "file:///x"] } },
  {
    field: "file",
    value: `/v2/images/${id}/file`,
    wire: {
      v2: ["file", `/v2/images/${id}/file`],
      alliance: ["file", `/v2/images/${id}/file`],
      compute: ["links", [{ rel: "alternate", href: `/v2/images/${id}/file` }]],
      computeXml: ["link", `<atom:link rel="alternate" href="/v2/images/${id}/file"/>`],
    },
  },
  { field: "copyFrom", value: "http://mirror.example/x", wire: { alliance: ["copy_from", "http://mirror.example/x"] } },
  {
    field: "serverId",
    value: "s1",
    wire: { compute: ["server", { id: "s1", links: [] }], computeXml: ["server", '<server id="s1"/>'] },
  },
];

/** A document of the Compute API: values that are elements stand in it, all others are attributes. */
function xml(wire: Wire): string {
  const entries = Object.entries(wire).map(([key, value]) => [key, String(value)] as const);
  const attributes = entries.filter(([, value]) => !value.startsWith("<")).map(([key, value]) => ` ${key}="${value}"`);
  const namespaces = [
    'xmlns="http://docs.openstack.org/compute/api/v1.1"',
    'xmlns:atom="http://www.w3.org/2005/Atom"',
    'xmlns:OS-EXT-IMG-SIZE="http://docs.openstack.org/compute/ext/image_size/api/v1.1"',
  ];
  const elements = entries.filter(([, value]) => value.startsWith("<")).map(([, value]) => value);
  return `<image ${namespaces.join(" ")}${attributes.join("")}>${elements.join("")}</image>`;
}

const names = Object.keys(forms) as FormName[];
const writers = names.filter((name) => "encode" in forms[name]);
const fieldsOf = (rows: readonly Row[]) => Object.fromEntries(rows.map(({ field, value }) => [field, value]));

test.each(names)("%s says what the table says, and nothing of the rest", (name) => {
  const said = table.filter(({ wire }) => wire[name] !== undefined);
  const wire = Object.fromEntries(said.map(({ wire }) => wire[name] as [string, unknown]));
  expect(forms[name].decode(wire)).toEqual({ ...blankImage(id), ...fieldsOf(said) });
});

test.each(writers)("%s is written as the table says", (name) => {
  const written = table.filter((row) => row.written?.[name] !== undefined);
  const expected = Object.fromEntries(written.map((row) => row.written?.[name] as [string, unknown]));
  const { encode } = forms[name] as Form;
  expect(encode?.(fieldsOf(written) as NewImage)).toEqual(expected);
});

test("the table has every field of an image but those that no form has under one key", () => {
  const elsewhere = ["import", "unknown"];
  expect([...table.map(({ field }) => field), ...elsewhere].sort()).toEqual(Object.keys(blankImage(id)).sort());
});
