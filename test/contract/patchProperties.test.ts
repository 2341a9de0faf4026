import { refused, refusedInDetail, schemaViolation, serverError } from "./refusals";
import { contract } from "./suite";
import type { PatchOperation } from "./user";

contract("patch: custom properties", (server) => {
  const patchNew = async (fields: Record<string, unknown>, ...operations: PatchOperation[]) => {
    const { id } = await server.demo.createImage(fields);
    return server.demo.patch(id, operations);
  };

  it("adds one", async () => {
    const answer = await patchNew({}, { op: "add", path: "/colour", value: "blue" });
    expect(answer).toMatchObject({ status: 200, body: { colour: "blue" } });
  });

  it("overwrites one by add", async () => {
    const answer = await patchNew({ colour: "blue" }, { op: "add", path: "/colour", value: "red" });
    expect(answer).toMatchObject({ status: 200, body: { colour: "red" } });
  });

  it.each(["red", "", "ünïcode 中文"])("replaces one by %j", async (value) => {
    const answer = await patchNew({ colour: "blue" }, { op: "replace", path: "/colour", value });
    expect(answer).toMatchObject({ status: 200, body: { colour: value } });
  });

  it("removes one and leaves the others", async () => {
    const { status, body } = await patchNew({ colour: "blue", shape: "round" }, { op: "remove", path: "/colour" });
    expect(status).toBe(200);
    expect(body).toMatchObject({ shape: "round" });
    expect(body).not.toHaveProperty("colour");
  });

  it.each([{ op: "replace", value: "x" }, { op: "remove" }])(
    "answers 409 to %j of an absent one",
    async (operation) => {
      const conflict = refusedInDetail(409, "Property colour does not exist.");
      expect(await patchNew({}, { ...operation, path: "/colour" })).toMatchObject(conflict);
    },
  );

  it.each([
    [null, "None is not of type 'string'"],
    [1, "1 is not of type 'string'"],
    [true, "True is not of type 'string'"],
  ])("answers 400 for the value %j", async (value, sentence) => {
    const answer = await patchNew({ colour: "blue" }, { op: "replace", path: "/colour", value });
    expect(answer).toMatchObject(schemaViolation(sentence));
  });

  it("answers 400 for an emoji", async () => {
    const answer = await patchNew({}, { op: "add", path: "/colour", value: "😀" });
    expect(answer).toMatchObject(refused(400, "Colour can't contain 4 byte unicode characters."));
  });

  it("applies operations in order", async () => {
    const answer = await patchNew(
      { colour: "blue" },
      { op: "remove", path: "/colour" },
      { op: "add", path: "/colour", value: "red" },
      { op: "replace", path: "/colour", value: "green" },
      { op: "add", path: "/shape", value: "round" },
    );
    expect(answer).toMatchObject({ status: 200, body: { colour: "green", shape: "round" } });
  });

  it("applies all operations or none", async () => {
    const { id } = await server.demo.createImage({ name: "before" });
    const answer = await server.demo.patch(id, [
      { op: "replace", path: "/name", value: "after" },
      { op: "add", path: "/colour", value: "blue" },
      { op: "replace", path: "/absent", value: "x" },
    ]);
    const { body } = await server.demo.show(id);
    expect(answer.status).toBe(409);
    expect(body).toMatchObject({ name: "before" });
    expect(body).not.toHaveProperty("colour");
  });

  it("counts properties only when one is new: 413 for the 129th", async () => {
    const names = Array.from({ length: 128 }, (_, index) => [`x${index}`, "x"]);
    const { id } = await server.demo.createImage(Object.fromEntries(names));
    const add = { op: "add", path: "/new", value: "x" };
    const reason =
      "The limit has been exceeded on the number of allowed image properties. Attempted: 129, Maximum: 128";
    expect(await server.demo.patch(id, [add])).toMatchObject(refused(413, reason));
    expect((await server.demo.patch(id, [{ op: "replace", path: "/x1", value: "y" }])).status).toBe(200);
    expect((await server.demo.patch(id, [{ op: "remove", path: "/x1" }, add])).status).toBe(200);
  });

  it.each(["member", "context", "delete", "get_data", "deactivate", "repo", "helper"])(
    "answers 200 to adding %s and does not store it",
    async (name) => {
      const answer = await patchNew({}, { op: "add", path: `/${name}`, value: "x" });
      expect(answer.status).toBe(200);
      expect(answer.body).not.toHaveProperty(name);
    },
  );

  it.each(["member", "context", "extra_properties", "image_id"])("answers 403 to removing %s", async (name) => {
    const denied = refusedInDetail(403, `Property ${name} may not be removed.`);
    expect(await patchNew({}, { op: "remove", path: `/${name}` })).toMatchObject(denied);
  });

  it.each(["extra_properties", "base", "__class__", "__dict__"])("answers 500 to adding %s", async (name) => {
    expect(await patchNew({}, { op: "add", path: `/${name}`, value: "x" })).toMatchObject(serverError);
  });

  it("answers 404 to adding image_id", async () => {
    const answer = await patchNew({}, { op: "add", path: "/image_id", value: "x" });
    expect(answer).toMatchObject(refused(404, "No image found with ID x"));
  });

  it.each(["metadata", "values", "keys", "get_member_repo"])("adds and removes %s like any other", async (name) => {
    const { id } = await server.demo.createImage();
    const added = await server.demo.patch(id, [{ op: "add", path: `/${name}`, value: "x" }]);
    expect(added).toMatchObject({ status: 200, body: { [name]: "x" } });
    const removed = await server.demo.patch(id, [{ op: "remove", path: `/${name}` }]);
    expect(removed.body).not.toHaveProperty(name);
  });

  it("stores a property called stores where the image has no data", async () => {
    const added = await patchNew({}, { op: "add", path: "/stores", value: "x" });
    expect(added).toMatchObject({ status: 200, body: { stores: "x" } });
  });
});
