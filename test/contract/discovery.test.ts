import { notAuthorized } from "./refusals";
import { contract } from "./suite";

interface Schema {
  name: string;
  properties: Record<string, { enum?: (string | null)[]; readOnly?: boolean; type?: unknown; maxLength?: number }>;
  additionalProperties?: unknown;
  links?: unknown;
}

contract("discovery", (server) => {
  const { admin, demo } = server;
  const schema = async (name: string) => (await demo.get(`/v2/schemas/${name}`)).body as Schema;

  it("lists the import methods", async () => {
    expect((await demo.get("/v2/info/import")).body).toEqual({
      "import-methods": {
        description: "Import methods available.",
        type: "array",
        value: ["glance-direct", "web-download", "copy-image", "glance-download"],
      },
    });
  });

  it("lists the stores; the default one says so in a text", async () => {
    const { status, body } = await server.reader.get("/v2/info/stores");
    expect({ status, body }).toEqual({
      status: 200,
      body: { stores: [{ id: "fast", default: "true" }, { id: "cheap" }] },
    });
  });

  it("describes the stores to administrators only", async () => {
    const answer = await admin.get("/v2/info/stores/detail");
    const detail = { type: expect.any(String), weight: 0, properties: expect.any(Object) };
    expect(answer.body).toEqual({
      stores: [
        { id: "fast", default: "true", ...detail },
        { id: "cheap", ...detail },
      ],
    });
    expect(await demo.get("/v2/info/stores/detail")).toMatchObject(notAuthorized("stores_info_detail"));
  });

  it("shows no usage where no limits are set", async () => {
    const { status, body } = await demo.get("/v2/info/usage");
    expect({ status, body }).toEqual({ status: 200, body: { usage: {} } });
  });

  it.each(["/v2/info/bogus", "/v2/schemas/bogus"])("answers 404 for %s", async (path) => {
    expect((await demo.get(path)).status).toBe(404);
  });

  it.each([
    ["disk_format", [null, "ami", "ari", "aki", "vhd", "vhdx", "vmdk", "raw", "qcow2", "vdi", "iso", "ploop"]],
    ["container_format", [null, "ami", "ari", "aki", "bare", "ovf", "ova", "docker", "compressed"]],
    ["visibility", ["community", "public", "private", "shared"]],
    [
      "status",
      ["queued", "saving", "active", "killed", "deleted", "uploading", "importing", "pending_delete", "deactivated"],
    ],
  ])("names the values of %s in the image schema", async (name, values) => {
    const { properties } = await schema("image");
    const byName = (a: unknown, b: unknown) => String(a).localeCompare(String(b));
    expect(properties[name]?.enum?.toSorted(byName)).toEqual(values.toSorted(byName));
  });

  it("describes every attribute of an image", async () => {
    const image = await demo.createActiveImage();
    const { name, properties, additionalProperties, links } = await schema("image");
    expect(name).toBe("image");
    for (const attribute of Object.keys(image).filter((key) => key !== "stores"))
      expect(properties).toHaveProperty(attribute);
    expect(additionalProperties).toEqual({ type: "string" });
    expect(links).toEqual([
      { rel: "self", href: "{self}" },
      { rel: "enclosure", href: "{file}" },
      { rel: "describedby", href: "{schema}" },
    ]);
  });

  it("tells in the image schema what is read-only", async () => {
    const { properties } = await schema("image");
    const readOnly = Object.keys(properties).filter((name) => properties[name]?.readOnly);
    expect(readOnly).toEqual(
      expect.arrayContaining([
        "status",
        "size",
        "virtual_size",
        "checksum",
        "created_at",
        "updated_at",
        "self",
        "file",
      ]),
    );
    for (const name of ["id", "name", "owner", "tags", "visibility", "min_disk"]) expect(readOnly).not.toContain(name);
  });

  it.each([
    ["images", "images", "image"],
    ["members", "members", "member"],
    ["tasks", "tasks", "task"],
  ])("describes the list %s", async (name, property, item) => {
    const { properties, ...rest } = await schema(name);
    expect(rest.name).toBe(name);
    expect(properties).toMatchObject({ [property]: { type: "array", items: { name: item } } });
  });

  it.each([
    ["member", ["member_id", "image_id", "created_at", "updated_at", "status", "schema"]],
    ["task", ["id", "type", "status", "input", "result", "owner", "message", "image_id", "request_id", "user_id"]],
  ])("describes a %s", async (name, attributes) => {
    const { properties } = await schema(name);
    expect(Object.keys(properties)).toEqual(expect.arrayContaining(attributes));
  });
});
