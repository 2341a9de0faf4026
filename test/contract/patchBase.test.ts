import { notAuthorized, refused, refusedInDetail, schemaViolation } from "./refusals";
import { contract } from "./suite";
import { rawFormats } from "./user";
import { eventually } from "./waiting";

contract("patch: attributes", (server) => {
  const replace = (path: string, value: unknown) => [{ op: "replace", path, value }];
  const change = async (path: string, value: unknown) => {
    const { id } = await server.demo.createImage();
    return server.demo.patch(id, replace(path, value));
  };

  it("answers 200 with the whole changed image", async () => {
    const image = await server.demo.createImage({ name: "before", some_property: "x" });
    const answer = await server.demo.patch(image.id, replace("/name", "after"));
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ ...image, name: "after", updated_at: expect.any(String) });
    expect((await server.demo.show(image.id)).body).toEqual(answer.body);
  });

  it.each([
    ["/name", "new"],
    ["/name", null],
    ["/visibility", "private"],
    ["/visibility", "community"],
    ["/protected", true],
    ["/os_hidden", true],
    ["/min_disk", 5],
    ["/min_ram", 2_147_483_647],
    ["/disk_format", "qcow2"],
    ["/disk_format", null],
    ["/container_format", "ovf"],
    ["/tags", ["one"]],
    ["/tags", []],
  ])("replaces %s by %j", async (path, value) => {
    expect(await change(path, value)).toMatchObject({ status: 200, body: { [path.slice(1)]: value } });
  });

  it("sets an attribute by add, too", async () => {
    const { id } = await server.demo.createImage({ name: "before", tags: ["before"] });
    const operations = [
      { op: "add", path: "/name", value: "after" },
      { op: "add", path: "/tags", value: ["after"] },
    ];
    expect(await server.demo.patch(id, operations)).toMatchObject({
      status: 200,
      body: { name: "after", tags: ["after"] },
    });
  });

  it("merges equal tags", async () => {
    const { body } = await change("/tags", ["a", "b", "a"]);
    expect((body as { tags: string[] }).tags.sort()).toEqual(["a", "b"]);
  });

  it.each(["name", "tags", "protected", "disk_format", "owner"])("answers 403 to removing %s", async (name) => {
    const { id } = await server.demo.createImage();
    const denied = refusedInDetail(403, `Property ${name} may not be removed.`);
    expect(await server.demo.patch(id, [{ op: "remove", path: `/${name}` }])).toMatchObject(denied);
  });

  it.each([
    ["/name", 1, "1 is not of type 'null', 'string'"],
    ["/protected", "true", "'true' is not of type 'boolean'"],
    ["/os_hidden", null, "None is not of type 'boolean'"],
    ["/min_disk", null, "None is not of type 'integer'"],
    ["/min_ram", "1", "'1' is not of type 'integer'"],
    ["/tags", null, "None is not of type 'array'"],
  ])("answers 400 for %s %j", async (path, value, sentence) => {
    expect(await change(path, value)).toMatchObject(schemaViolation(sentence));
  });

  it.each([
    ["/min_ram", -1, "Invalid value '-1' for parameter 'min_ram': Cannot be a negative value"],
    ["/min_disk", 2_147_483_648, "'min_disk' value out of range, must not exceed 2147483647."],
  ])("answers 400 for %s %i", async (path, value, reason) => {
    expect(await change(path, value)).toMatchObject(refused(400, reason));
  });

  it("answers 403 to a member who publishes", async () => {
    expect(await change("/visibility", "public")).toMatchObject(notAuthorized("publicize_image"));
  });

  it("answers 413 for 129 tags", async () => {
    const reason = "The limit has been exceeded on the number of allowed image tags. Attempted: 129, Maximum: 128";
    const tags = Array.from({ length: 129 }, (_, index) => `tag ${index}`);
    expect(await change("/tags", tags)).toMatchObject(refused(413, reason));
  });

  it.each([
    ["disk_format", rawFormats.disk_format],
    ["container_format", "ovf"],
  ])("answers 403 for the %s of an active image, changed or not", async (name, value) => {
    const { id } = await server.demo.createActiveImage();
    const denied = refused(403, `Attribute ${name} can be only replaced for a queued image.`);
    expect(await server.demo.patch(id, replace(`/${name}`, value))).toMatchObject(denied);
  });

  it("changes everything else of an active image", async () => {
    const { id } = await server.demo.createActiveImage();
    const answer = await server.demo.patch(id, [...replace("/min_disk", 3), ...replace("/visibility", "private")]);
    expect(answer).toMatchObject({ status: 200, body: { min_disk: 3, visibility: "private", status: "active" } });
  });

  it("lets an administrator replace the owner", async () => {
    const { id } = await server.demo.createImage();
    expect(await server.admin.patch(id, replace("/owner", "another"))).toMatchObject({ body: { owner: "another" } });
    expect((await server.demo.show(id)).status).toBe(404);
  });

  it("answers 403 to a member who replaces the owner, even by itself", async () => {
    const { id, owner } = await server.demo.createImage();
    const denied = refusedInDetail(403, "Owner can't be updated by non admin.");
    expect(await server.demo.patch(id, replace("/owner", owner))).toMatchObject(denied);
    expect(await server.demo.patch(id, replace("/owner", null))).toMatchObject(denied);
  });

  it("gives the image away, in spite of a 403, when a member adds an owner", async () => {
    const { id } = await server.demo.createImage();
    const answer = await server.demo.patch(id, [{ op: "add", path: "/owner", value: "another" }]);
    expect(answer).toMatchObject(refused(403, `Forbidding request, image ${id} not visible`));
    expect(await server.admin.show(id)).toMatchObject({ status: 200, body: { owner: "another" } });
  });

  it("moves updated_at and keeps created_at", async () => {
    const image = await server.demo.createImage();
    const changed = await eventually(
      () => server.demo.patch(image.id, replace("/name", "changed")),
      ({ body }) => (body as { updated_at: string }).updated_at !== image.updated_at,
    );
    expect(changed.body).toMatchObject({ created_at: image.created_at });
  });
});
