import { inspect } from "node:util";
import { createV2 } from "../../../../provider/glance/v2";
import { decodeImage } from "../../../../provider/glance/v2/codec";
import { wireImage, wireWith } from "../fixtures";
import { answers, noImage, useCloud } from "./cloud";

const { id } = wireImage;
const path = `/v2/images/${id}`;
const current = decodeImage(wireWith({ color: "red" }), "image");
const cloud = useCloud();

describe("create", () => {
  test("posts the image and answers what the service made of it", async () => {
    const { api, server } = await cloud(answers({ "POST /v2/images": { status: 201, body: wireWith({ id: "new" }) } }));
    const image = await api.create({ name: "edge-os", diskFormat: "qcow2", properties: { a: "b" } });
    expect(image.id).toBe("new");
    expect(server.seen[0]?.headers["content-type"]).toBe("application/json");
    expect(JSON.parse(server.seen[0]?.body ?? "")).toEqual({ name: "edge-os", disk_format: "qcow2", a: "b" });
  });

  test("tells which image failed, with status and request id", async () => {
    const { api } = await cloud(answers({ "POST /v2/images": { status: 409, body: "Image ID x already exists!" } }));
    await expect(api.create({ id: "x", name: "n" })).rejects.toMatchObject({
      message: expect.stringMatching(/^Image x \("n"\): create failed: Image ID x already exists!/),
      status: 409,
      facts: { requestId: "req-answer" },
    });
  });
});

describe("get", () => {
  test("answers the image", async () => {
    const { api, server } = await cloud(answers({ [`GET ${path}`]: { body: wireImage } }));
    expect(await api.get(id)).toEqual(decodeImage(wireImage, "image"));
    expect(server.calls).toEqual([`GET ${path}`]);
  });

  test("shows no password of the endpoint when the answer is no image", async () => {
    const { session } = await cloud(() => ({ body: { hello: "world" } }));
    const error = await createV2(session, "http://me:s3cret@glance.example")
      .get(id)
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "BAD_RESPONSE", facts: { url: `http://glance.example${path}` } });
    expect(inspect(error, { depth: 20 })).not.toContain("s3cret");
  });

  test("escapes the id", async () => {
    const { api, server } = await cloud(() => noImage("a/b?c"));
    expect(await api.get("a/b?c")).toBeUndefined();
    expect(server.calls).toEqual(["GET /v2/images/a%2Fb%3Fc"]);
  });

  test.each([
    ["as JSON", noImage(id)],
    ["as text", { status: 404, body: `404 Not Found\n\nNo image found with ID ${id}\n\n   ` }],
  ])("believes the service's own 404 %s", async (_, answer) => {
    const { api } = await cloud(() => answer);
    expect(await api.get(id)).toBeUndefined();
  });

  test.each([
    ["a proxy's page", `<html><title>404 Not Found</title>${path}</html>`],
    ["an empty body", ""],
    ["a service of another kind", { itemNotFound: { message: `Image ${id} not found`, code: 404 } }],
    ["a web framework", { message: `Route GET:${path} not found`, error: "Not Found", statusCode: 404 }],
    ["a role that may not read", { message: "The resource could not be found.<br />", code: "404 Not Found" }],
  ])("does not believe the 404 of %s", async (_, body) => {
    const { api } = await cloud(() => ({ status: 404, body }));
    await expect(api.get(id)).rejects.toMatchObject({ code: "BAD_RESPONSE", status: 404 });
    await expect(api.delete(id)).rejects.toMatchObject({ code: "BAD_RESPONSE", status: 404 });
  });

  test.each(["", "e", "could not"])("does not take the id %j for a word of a 404 without a reason", async (id) => {
    const body = { message: "The resource could not be found.<br /><br />\n", code: "404 Not Found" };
    const { api } = await cloud(() => ({ status: 404, body }));
    await expect(api.get(id)).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  test.each([
    ["not JSON", "<html>", "not JSON"],
    ["cut short", { id }, "image.status is missing"],
  ])("an answer that is %s is told with its request", async (_, body, message) => {
    const { api, server } = await cloud(() => ({ body }));
    await expect(api.get(id)).rejects.toMatchObject({
      code: "BAD_RESPONSE",
      message: expect.stringContaining(message),
      facts: { status: 200, requestId: "req-answer", url: server.url + path },
    });
  });
});

describe("update", () => {
  test("sends the difference as a JSON-patch", async () => {
    const { api, server } = await cloud(answers({ [`PATCH ${path}`]: { body: wireWith({ name: "new" }) } }));
    const updated = await api.update(current, { name: "new", minDisk: 2, properties: { color: null } });
    expect(updated.name).toBe("new");
    expect(server.seen[0]?.headers["content-type"]).toBe("application/openstack-images-v2.1-json-patch");
    expect(JSON.parse(server.seen[0]?.body ?? "")).toEqual([
      { op: "replace", path: "/name", value: "new" },
      { op: "remove", path: "/color" },
    ]);
  });

  test("sends nothing when nothing differs", async () => {
    const { api, server } = await cloud(answers({}));
    expect(await api.update(current, { name: "edge-os", properties: { color: "red" } })).toBe(current);
    expect(server.calls).toEqual([]);
  });

  test("looks again when a property vanished meanwhile", async () => {
    const { api, server } = await cloud(
      answers({
        [`PATCH ${path}`]: [
          { status: 409, body: "Property color does not exist." },
          { body: wireWith({ name: "new" }) },
        ],
        [`GET ${path}`]: { body: wireImage },
      }),
    );
    const updated = await api.update(current, { name: "new", properties: { color: null } });
    expect(updated.name).toBe("new");
    expect(server.calls).toEqual([`PATCH ${path}`, `GET ${path}`, `PATCH ${path}`]);
    expect(JSON.parse(server.seen[2]?.body ?? "")).toEqual([{ op: "replace", path: "/name", value: "new" }]);
  });

  test("sends nothing more when that property was the whole difference", async () => {
    const { api, server } = await cloud(
      answers({ [`PATCH ${path}`]: { status: 409 }, [`GET ${path}`]: { body: wireImage } }),
    );
    expect(await api.update(current, { properties: { color: null } })).toEqual(decodeImage(wireImage, "image"));
    expect(server.calls).toEqual([`PATCH ${path}`, `GET ${path}`]);
  });

  test("gives up at the second conflict", async () => {
    const { api, server } = await cloud(
      answers({ [`PATCH ${path}`]: { status: 409, body: "busy" }, [`GET ${path}`]: { body: wireImage } }),
    );
    await expect(api.update(current, { name: "new" })).rejects.toMatchObject({
      status: 409,
      message: expect.stringMatching(/^Image b2173dd3\S+ \("edge-os"\): update failed: busy/),
    });
    expect(server.calls).toHaveLength(3);
  });

  test("tells the conflict when the image is gone", async () => {
    const { api } = await cloud(
      answers({ [`PATCH ${path}`]: { status: 409, body: "busy" }, [`GET ${path}`]: noImage(id) }),
    );
    await expect(api.update(current, { name: "new" })).rejects.toMatchObject({ status: 409 });
  });
});

describe("delete", () => {
  test("is true once and false afterwards", async () => {
    const gone = {
      status: 404,
      body: { message: `Failed to find image ${id} to delete<br />`, code: "404 Not Found" },
    };
    const { api, server } = await cloud(answers({ [`DELETE ${path}`]: [{ status: 204 }, gone] }));
    expect([await api.delete(id), await api.delete(id)]).toEqual([true, false]);
    expect(server.seen[0]?.body).toBe("");
  });

  test("of a protected image fails", async () => {
    const { api } = await cloud(() => ({ status: 403, body: "is protected" }));
    await expect(api.delete(id)).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining("delete failed"),
    });
  });
});

describe("delete from a store", () => {
  const gone = (message: string) => ({ status: 404, body: { message, code: "404 Not Found", title: "Not Found" } });
  const call = `DELETE /v2/stores/fast%20one/${id}`;

  test("tells whether it had the data", async () => {
    const missing = gone(`Image ${id} is not stored in store fast one.<br /><br />\n\n\n`);
    const { api, server } = await cloud(answers({ [call]: [{ status: 204 }, missing] }));
    expect(await api.deleteFromStore(id, "fast one")).toBe(true);
    expect(await api.deleteFromStore(id, "fast one")).toBe(false);
    expect(server.calls).toEqual([call, call]);
  });

  test("takes no other 404 for that, and tells a refusal with image and store", async () => {
    const refusal = { status: 403, body: "the only store containing it" };
    const { api } = await cloud(answers({ [call]: [gone("The resource could not be found."), refusal] }));
    await expect(api.deleteFromStore(id, "fast one")).rejects.toMatchObject({ code: "BAD_RESPONSE" });
    await expect(api.deleteFromStore(id, "fast one")).rejects.toThrow(
      `Image ${id}: delete from the store fast one failed: the only store containing it`,
    );
  });
});

test("deactivate and reactivate send no body", async () => {
  const { api, server } = await cloud(() => ({ status: 204 }));
  await api.deactivate(id);
  await api.reactivate(id);
  expect(server.calls).toEqual([`POST ${path}/actions/deactivate`, `POST ${path}/actions/reactivate`]);
  expect(server.seen.map(({ body }) => body)).toEqual(["", ""]);
});
