import { randomUUID } from "node:crypto";
import { contract, unique } from "./suite";
import { rawFormats } from "./user";

contract("create", (server) => {
  it("answers 201 with the whole image, everything at its default", async () => {
    const { projectId } = await server.demo.logIn();
    const answer = await server.demo.post("/v2/images", {});
    const { id } = answer.body as { id: string };
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      name: null,
      disk_format: null,
      container_format: null,
      visibility: "shared",
      status: "queued",
      size: null,
      virtual_size: null,
      checksum: null,
      os_hash_algo: null,
      os_hash_value: null,
      protected: false,
      os_hidden: false,
      min_disk: 0,
      min_ram: 0,
      owner: projectId,
      tags: [],
      created_at: time,
      updated_at: time,
      self: `/v2/images/${id}`,
      file: `/v2/images/${id}/file`,
      schema: "/v2/schemas/image",
    });
  });

  it("says in headers where the image is and how data can come", async () => {
    const { headers, body } = await server.demo.post("/v2/images", {});
    expect(headers).toMatchObject({
      "content-type": "application/json",
      location: `${server.cloud.imageUrl}/v2/images/${(body as { id: string }).id}`,
      "openstack-image-import-methods": "glance-direct,web-download,copy-image,glance-download",
      "openstack-image-store-ids": expect.stringMatching(/^fast,cheap\b/),
      "x-openstack-request-id": expect.stringMatching(/^req-/),
    });
  });

  it("keeps every attribute that a caller may set", async () => {
    const fields = {
      name: unique(),
      ...rawFormats,
      visibility: "private",
      protected: true,
      os_hidden: true,
      min_disk: 3,
      min_ram: 2_147_483_647,
    };
    const { id } = await server.demo.createImage({ ...fields, tags: ["b", "a"], hw_disk_bus: "virtio" });
    const { body } = await server.demo.show(id);
    expect(body).toMatchObject({ ...fields, hw_disk_bus: "virtio" });
    expect((body as { tags: string[] }).tags.sort()).toEqual(["a", "b"]);
  });

  it("keeps the case of an id that the caller chose", async () => {
    const id = randomUUID().toUpperCase();
    expect(await server.demo.createImage({ id })).toMatchObject({ id, self: `/v2/images/${id}` });
    expect((await server.demo.show(id.toLowerCase())).status).toBe(404);
  });

  it.each([null, "", "x".repeat(255)])("takes the name %j", async (name) => {
    expect(await server.demo.createImage({ name })).toMatchObject({ name });
  });

  it.each(["", "two words, and a comma", "ünïcode ÄÖ 中文", "a\nb"])("takes the property value %j", async (value) => {
    const { id } = await server.demo.createImage({ some_property: value });
    expect((await server.demo.show(id)).body).toMatchObject({ some_property: value });
  });

  it.each(["a/b", "c~d", "trait:CUSTOM_X", "with blank", "UPPER", "p".repeat(255)])(
    "takes the property name %s",
    async (name) => {
      const { id } = await server.demo.createImage({ [name]: "x" });
      expect((await server.demo.show(id)).body).toMatchObject({ [name]: "x" });
    },
  );

  it("tells property names apart by case", async () => {
    const { id } = await server.demo.createImage({ some: "lower", Some: "upper" });
    expect((await server.demo.show(id)).body).toMatchObject({ some: "lower", Some: "upper" });
  });

  it.each(["member", "context", "extra_properties", "metadata", "image_id"])(
    "stores a property called %s, which no patch can reach",
    async (name) => {
      const { id } = await server.demo.createImage({ [name]: "x" });
      expect((await server.demo.show(id)).body).toMatchObject({ [name]: "x" });
    },
  );

  it("takes properties that hold any text where no schema is declared for them", async () => {
    expect(await server.demo.createImage({ kernel_id: "nokernel" })).toMatchObject({ kernel_id: "nokernel" });
  });

  it("merges equal tags and keeps an empty one", async () => {
    const { tags } = await server.demo.createImage({ tags: ["a", "a", ""] });
    expect(tags.sort()).toEqual(["", "a"]);
  });

  it("drops os_hash_algo and os_hash_value without a word", async () => {
    const image = await server.demo.createImage({ os_hash_algo: "md5", os_hash_value: "x" });
    expect(image).toMatchObject({ os_hash_algo: null, os_hash_value: null });
  });

  it.each(["text/plain", undefined])("reads the body as JSON whatever its media type is: %s", async (mediaType) => {
    const name = unique();
    const message = { body: JSON.stringify({ name }), headers: { "content-type": mediaType } };
    expect(await server.demo.send("POST", "/v2/images", message)).toMatchObject({ status: 201, body: { name } });
  });

  it("takes the caller's own project as owner", async () => {
    const { projectId } = await server.demo.logIn();
    expect(await server.demo.createImage({ owner: projectId })).toMatchObject({ owner: projectId });
  });

  it("lets an administrator name any owner and publish", async () => {
    const fields = { owner: "whoever", visibility: "public", os_hidden: true };
    expect(await server.admin.createImage(fields)).toMatchObject(fields);
  });

  it("lets a member share with the community", async () => {
    expect(await server.demo.createImage({ visibility: "community" })).toMatchObject({ visibility: "community" });
  });
});
