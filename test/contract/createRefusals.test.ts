import { randomUUID } from "node:crypto";
import { notAuthorized, refused, refusedInDetail, refusedWith, schemaViolation, serverError } from "./refusals";
import { contract, unique } from "./suite";

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `x${index}`);
const diskFormats = "[None, 'ami', 'ari', 'aki', 'vhd', 'vhdx', 'vmdk', 'raw', 'qcow2', 'vdi', 'iso', 'ploop']";
const containerFormats = "[None, 'ami', 'ari', 'aki', 'bare', 'ovf', 'ova', 'docker', 'compressed']";

contract("create: refusals", (server) => {
  const create = (fields: unknown) => server.demo.post("/v2/images", fields);

  it.each([
    [{ name: 1 }, "1 is not of type 'null', 'string'"],
    [{ protected: "true" }, "'true' is not of type 'boolean'"],
    [{ os_hidden: null }, "None is not of type 'boolean'"],
    [{ min_disk: "5" }, "'5' is not of type 'integer'"],
    [{ min_disk: null }, "None is not of type 'integer'"],
    [{ min_ram: 1.5 }, "1.5 is not of type 'integer'"],
    [{ visibility: null }, "None is not of type 'string'"],
    [{ disk_format: "bogus" }, `'bogus' is not one of ${diskFormats}`],
    [{ container_format: "" }, `'' is not one of ${containerFormats}`],
    [{ tags: "a" }, "'a' is not of type 'array'"],
    [{ tags: [1] }, "1 is not of type 'string'"],
    [{ tags: null }, "None is not of type 'array'"],
    [{ some_property: 1 }, "1 is not of type 'string'"],
    [{ some_property: null }, "None is not of type 'string'"],
    [{ some_property: true }, "True is not of type 'string'"],
    [{ some_property: [] }, "[] is not of type 'string'"],
  ])("answers 400 for the wrong type in %j", async (fields, sentence) => {
    expect(await create(fields)).toMatchObject(schemaViolation(sentence));
  });

  it("answers 400 for an unknown visibility and names the known ones", async () => {
    const answer = await create({ visibility: "bogus" });
    for (const known of ["'community'", "'public'", "'private'", "'shared'"])
      expect(answer).toMatchObject(refusedWith(400, known));
    expect(answer).toMatchObject(refusedWith(400, "'bogus' is not one of ["));
  });

  it.each([
    ["name", { name: "x".repeat(256) }],
    ["tag", { tags: ["x".repeat(256)] }],
  ])("answers 400 for a %s of 256 characters", async (_, fields) => {
    expect(await create(fields)).toMatchObject(schemaViolation(`'${"x".repeat(256)}' is too long`));
  });

  it.each([
    [{ min_ram: -1 }, "Invalid value '-1' for parameter 'min_ram': Cannot be a negative value"],
    [{ min_ram: 2_147_483_648 }, "'min_ram' value out of range, must not exceed 2147483647."],
    [{ ["p".repeat(256)]: "x" }, "Custom property should not be greater than 255 characters."],
    [{ name: "😀" }, "Name can't contain 4 byte unicode characters."],
    [{ some_property: "😀" }, "Some_Property can't contain 4 byte unicode characters."],
  ])("answers 400 for %j", async (fields, reason) => {
    expect(await create(fields)).toMatchObject(refused(400, reason));
  });

  it("answers 400 for an emoji in a tag", async () => {
    const name = unique();
    const reason = "Param values can't contain 4 byte unicode.";
    expect(await create({ name, tags: ["😀"] })).toMatchObject(refused(400, reason));
    // Glance 33 keeps the image that it refused, without its tags.
    for (const { id } of await server.demo.list({ name })) await server.demo.delete(`/v2/images/${id}`);
  });

  it("answers 400 for an id that is no UUID", async () => {
    expect(await create({ id: "mine" })).toMatchObject(refusedWith(400, "'mine' does not match '^([0-9a-fA-F]){8}-"));
  });

  it("answers 409 for an id in use, also to another project", async () => {
    const { id } = await server.demo.createImage();
    const conflict = refused(409, `Image ID ${id} already exists!`);
    expect(await create({ id })).toMatchObject(conflict);
    expect(await server.alt.post("/v2/images", { id })).toMatchObject(conflict);
  });

  it("answers 409 for the id of an image that was deleted", async () => {
    const id = randomUUID();
    await server.demo.createImage({ id });
    expect((await server.demo.delete(`/v2/images/${id}`)).status).toBe(204);
    expect(await create({ id })).toMatchObject(refused(409, `Image ID ${id} already exists!`));
  });

  it.each([
    ["status", "active"],
    ["checksum", "x"],
    ["size", 1],
    ["virtual_size", 1],
    ["created_at", "2020-01-01T00:00:00Z"],
    ["updated_at", "2020-01-01T00:00:00Z"],
    ["self", "/x"],
    ["file", "/x"],
    ["schema", "/x"],
    ["direct_url", "x"],
    ["stores", "fast"],
  ])("answers 403 for the read-only %s", async (name, value) => {
    expect(await create({ [name]: value })).toMatchObject(refused(403, `Attribute '${name}' is read-only.`));
  });

  it("checks the type of a read-only attribute first", async () => {
    expect(await create({ status: "bogus" })).toMatchObject(refusedWith(400, "'bogus' is not one of ['queued', "));
    expect(await create({ size: "x" })).toMatchObject(schemaViolation("'x' is not of type 'null', 'integer'"));
  });

  it.each(["location", "deleted", "deleted_at", "os_glance_x", "os_glancey"])(
    "answers 403 for the reserved name %s",
    async (name) => {
      const denied = refusedInDetail(403, `Attribute '${name}' is reserved.`);
      expect(await create({ [name]: "x" })).toMatchObject(denied);
    },
  );

  it("answers 403 for locations", async () => {
    expect(await create({ locations: [] })).toMatchObject(refused(403, "Attribute 'locations' is reserved."));
  });

  it.each([
    ["other", "other"],
    [null, "None"],
  ])("answers 403 to a member for the owner %j", async (owner, shown) => {
    const denied = refusedInDetail(403, `You are not permitted to create images owned by '${shown}'`);
    expect(await create({ owner })).toMatchObject(denied);
  });

  it("answers 403 to a member who publishes", async () => {
    expect(await create({ visibility: "public" })).toMatchObject(notAuthorized("publicize_image"));
  });

  it.each([
    ["tags", { tags: numbered(129) }],
    ["properties", Object.fromEntries(numbered(129).map((name) => [name, "x"]))],
  ])("answers 413 for 129 %s", async (what, fields) => {
    const reason = `The limit has been exceeded on the number of allowed image ${what}. Attempted: 129, Maximum: 128`;
    expect(await create(fields)).toMatchObject(refused(413, reason));
  });

  it("takes 128 tags and 128 properties", async () => {
    const properties = Object.fromEntries(numbered(128).map((name) => [name, "x"]));
    expect((await server.demo.createImage({ ...properties, tags: numbered(128) })).tags).toHaveLength(128);
  });

  it("answers 400 for broken JSON, for no body and for a body that is a text", async () => {
    const headers = { "content-type": "application/json" };
    const broken = await server.demo.send("POST", "/v2/images", { body: "{", headers });
    expect(broken).toMatchObject(refused(400, "Malformed JSON in request body."));
    const none = await server.demo.send("POST", "/v2/images");
    expect(none).toMatchObject(refused(400, "Body expected in request."));
    expect(await create("text")).toMatchObject(refused(400, "Unexpected body type. Expected list/dict."));
  });

  it("answers 500 for a body that is a list", async () => {
    expect(await create([])).toMatchObject(serverError);
  });
});
