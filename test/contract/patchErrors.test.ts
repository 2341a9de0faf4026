import { imageNotFound, notAuthorized, refused, refusedInDetail, refusedWith } from "./refusals";
import { contract } from "./suite";
import { type ImageBody, jsonPatch } from "./user";

const types = ["application/openstack-images-v2.0-json-patch", "application/openstack-images-v2.1-json-patch"];

contract("patch: requests", (server) => {
  let image: ImageBody;
  const send = (message: { json?: unknown; body?: string; headers?: Record<string, string | undefined> }) =>
    server.demo.send("PATCH", `/v2/images/${image.id}`, { headers: jsonPatch, ...message });
  const change = (operation: unknown) => send({ json: [operation] });

  beforeAll(async () => {
    image = await server.demo.createImage({ name: "unchanged" });
  });

  it.each([...types, `${types[1]}; charset=utf-8`])("takes the media type %s", async (type) => {
    expect((await send({ body: "[]", headers: { "content-type": type } })).status).toBe(200);
  });

  it.each([
    "application/json-patch+json",
    "application/json",
    "application/openstack-images-v2.2-json-patch",
    undefined,
  ])("answers 415 with what it takes for the media type %s", async (type) => {
    const answer = await send({ body: "[]", headers: { "content-type": type } });
    expect(answer).toMatchObject(refusedWith(415, `Image PATCH expects Content-Type one of: ${types.join(", ")}`));
    expect(answer.headers["accept-patch"]).toBe(types.join(", "));
  });

  it("answers 200 with the unchanged image for no operations", async () => {
    const answer = await server.demo.patch(image.id, []);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(image);
  });

  it.each([
    ["an object", { json: {} }, "Request body must be a JSON array of operation objects."],
    ["a list of texts", { json: ["x"] }, "Operations must be JSON objects."],
    ["broken JSON", { body: "[" }, "Malformed JSON in request body."],
    ["nothing", {}, "Body expected in request."],
  ])("answers 400 for a body with %s", async (_, message, reason) => {
    expect(await send(message)).toMatchObject(refused(400, reason));
  });

  it.each(["test", "move", "copy", "bogus"])("answers 400 for the operation %s", async (op) => {
    const reason = `Invalid operation: \`${op}\`. It must be one of the following: add, remove, replace.`;
    expect(await change({ op, path: "/name", value: "x" })).toMatchObject(refused(400, reason));
  });

  it.each([
    [
      { path: "/name", value: "x" },
      "Unable to find `op` in JSON Schema change. It must be one of the following: add, remove, replace.",
    ],
    [{ op: "add", value: "x" }, "Unable to find 'path' in JSON Schema change"],
    [{ op: "add", path: "/name" }, 'Operation "add" requires a member named "value".'],
  ])("answers 400 for the incomplete operation %j", async (operation, reason) => {
    expect(await change(operation)).toMatchObject(refused(400, reason));
  });

  it.each([
    "id",
    "checksum",
    "os_hash_algo",
    "os_hash_value",
    "created_at",
    "updated_at",
    "direct_url",
    "self",
    "file",
    "schema",
    "status",
  ])("answers 403 to every operation on the read-only %s", async (name) => {
    const denied = refused(403, `Attribute '${name}' is read-only.`);
    const path = `/${name}`;
    expect(await change({ op: "replace", path, value: "x" })).toMatchObject(denied);
    expect(await change({ op: "add", path, value: "x" })).toMatchObject(denied);
    expect(await change({ op: "remove", path })).toMatchObject(denied);
  });

  it.each(["size", "virtual_size"])("answers 403 to a number for %s", async (name) => {
    const denied = refused(403, `Attribute '${name}' is read-only.`);
    expect(await change({ op: "replace", path: `/${name}`, value: 1 })).toMatchObject(denied);
  });

  it.each(["location", "deleted", "deleted_at", "os_glance_x", "os_glancey"])(
    "answers 403 to every operation on the reserved %s",
    async (name) => {
      const denied = refused(403, `Attribute '${name}' is reserved.`);
      expect(await change({ op: "add", path: `/${name}`, value: "x" })).toMatchObject(denied);
      expect(await change({ op: "remove", path: `/${name}` })).toMatchObject(denied);
    },
  );

  it("answers 403 to a list of locations that is empty", async () => {
    const denied = refusedInDetail(403, "Cannot set locations to empty list.");
    expect(await change({ op: "replace", path: "/locations", value: [] })).toMatchObject(denied);
  });

  it("answers 403 to locations where they are not shown", async () => {
    const value = { url: "http://127.0.0.1/image", metadata: {} };
    const denied = refused(403, "It's not allowed to add locations if locations are invisible.");
    expect(await change({ op: "add", path: "/locations/-", value })).toMatchObject(denied);
  });

  it("answers 404 for an image that does not exist or that the caller cannot see", async () => {
    expect(await server.demo.patch("nope", [])).toMatchObject(imageNotFound("nope"));
    expect(await server.alt.patch(image.id, [])).toMatchObject(imageNotFound(image.id));
  });

  it("answers 403 for an image of another project that the caller sees", async () => {
    const { id } = await server.demo.createImage({ visibility: "community" });
    const operations = [{ op: "replace", path: "/name", value: "x" }];
    expect(await server.alt.patch(id, operations)).toMatchObject(notAuthorized("modify_image"));
  });

  it("lets everybody who sees an image send no operations", async () => {
    const { id } = await server.demo.createImage({ visibility: "community" });
    expect((await server.alt.patch(id, [])).status).toBe(200);
  });
});

contract("patch: version 2.0", (server) => {
  const patch = async (fields: Record<string, unknown>, operation: unknown) => {
    const { id } = await server.demo.createImage(fields);
    const headers = { "content-type": types[0] };
    return server.demo.send("PATCH", `/v2/images/${id}`, { json: [operation], headers });
  };

  it("adds, replaces and removes properties", async () => {
    const added = await patch({}, { add: "/colour", value: "red" });
    const replaced = await patch({ colour: "blue" }, { replace: "/colour", value: "red" });
    for (const answer of [added, replaced]) expect(answer).toMatchObject({ status: 200, body: { colour: "red" } });
    expect((await patch({ colour: "blue" }, { remove: "/colour" })).body).not.toHaveProperty("colour");
  });

  it.each(["colour", "name"])("answers 409 to adding %s where it is", async (name) => {
    const conflict = refusedInDetail(409, `Property ${name} already present.`);
    expect(await patch({ [name]: "before" }, { add: `/${name}`, value: "x" })).toMatchObject(conflict);
  });

  it.each([
    [{ add: "/a", replace: "/a", value: "x" }, "contain only one"],
    [{ value: "x" }, "contain exactly one"],
    [{ op: "add", path: "/a", value: "x" }, "contain exactly one"],
  ])("answers 400 for the operation %j", async (operation, rule) => {
    const reason = `Operation objects must ${rule} member named "add", "remove", or "replace".`;
    expect(await patch({}, operation)).toMatchObject(refused(400, reason));
  });
});
