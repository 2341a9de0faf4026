import { decodeImage } from "../../../../provider/glance/v1/codec";
import { answers } from "../v2/cloud";
import { answerOf, headersOf, id, noImage, useCloud, wireImage, wireWith } from "./cloud";

const cloud = useCloud();
const url = `/v1/images/${id}`;

describe("create", () => {
  test("reserves an image with everything in headers", async () => {
    const { api, server } = await cloud(() => ({ status: 201, ...answerOf({ status: "queued", size: 0 }) }));
    const created = await api.create({
      id,
      name: "grün ✓",
      diskFormat: "qcow2",
      containerFormat: "bare",
      minDisk: 0,
      minRam: 64,
      visibility: "public",
      protected: false,
      owner: "p1",
      properties: { hw_disk_bus: "virtio" },
    });
    expect(created).toMatchObject({ id, status: "queued", size: null, import: { task: undefined } });
    const [request] = server.seen;
    expect(server.calls).toEqual(["POST /v1/images"]);
    expect(request?.body).toBe("");
    expect(request?.headers).toMatchObject({
      "x-image-meta-id": id,
      "x-image-meta-name": Buffer.from("grün ✓").toString("latin1"),
      "x-image-meta-disk-format": "qcow2",
      "x-image-meta-container-format": "bare",
      "x-image-meta-min-disk": "0",
      "x-image-meta-min-ram": "64",
      "x-image-meta-is-public": "true",
      "x-image-meta-protected": "false",
      "x-image-meta-owner": "p1",
      "x-image-meta-property-hw-disk-bus": "virtio",
    });
    // A size of 0 would make the image active at once.
    expect(request?.headers).not.toHaveProperty("x-image-meta-size");
  });

  test("copies from a URL, and the image holds the lock of its copy", async () => {
    const { api, server } = await cloud(() => ({ status: 201, ...answerOf({ status: "queued", size: 0 }) }));
    const created = await api.create({ name: null, copyFrom: "http://mirror/edge.img" });
    expect(created.import.task).toBe("copy_from");
    expect(server.seen[0]?.headers["x-glance-api-copy-from"]).toBe("http://mirror/edge.img");
    expect(server.seen[0]?.headers).not.toHaveProperty("x-image-meta-name");
  });

  test("a source that is not there is told with its URL, without its secrets", async () => {
    const body = { code: "404 Not Found", message: "HTTP datastore could not find image at URI." };
    const { api } = await cloud(() => ({ status: 404, body }));
    const failure = api.create({ name: "n", copyFrom: "http://me:pw@mirror/edge.img?signature=abc" });
    await expect(failure).rejects.toMatchObject({
      code: "SOURCE",
      message: expect.stringContaining("nothing to copy at http://mirror/edge.img?signature=***"),
    });
  });

  test.each([
    [{ properties: { "hw-model": "x" } }, '"hw-model"'],
    [{ properties: { note: "" } }, "is empty"],
    [{ name: "two\nlines" }, "line break"],
    [{ name: "" }, "name is empty"],
    [{ visibility: "shared" as const }, "not shared ones"],
  ])("%j is refused before anything is sent", async (image, why) => {
    const { api, server } = await cloud(() => answerOf());
    await expect(api.create(image)).rejects.toMatchObject({
      code: "UNSUPPORTED",
      message: expect.stringContaining(why),
    });
    expect(server.calls).toEqual([]);
  });
});

describe("get", () => {
  test("reads the headers of HEAD", async () => {
    const { api, server } = await cloud(() => ({ headers: headersOf({ ...wireImage, name: "grün ✓" }) }));
    expect(await api.get(id)).toEqual(decodeImage(wireWith({ name: "grün ✓" }), "image"));
    expect(server.calls).toEqual([`HEAD ${url}`]);
  });

  test("is sure of a 404 only when the service says so in its own words", async () => {
    const { api, server } = await cloud(
      answers({ [`HEAD ${url}`]: { status: 404 }, [`GET ${url}/members`]: noImage() }),
    );
    expect(await api.get(id)).toBeUndefined();
    expect(server.calls).toEqual([`HEAD ${url}`, `GET ${url}/members`]);
  });

  test.each<[string, object, string]>([
    ["the words of a proxy", { status: 404, body: "<html>no route</html>" }, "BAD_RESPONSE"],
    ["a list of members", { body: { members: [] } }, "BAD_RESPONSE"],
    ["an outage", { status: 503, body: "" }, "HTTP_STATUS"],
  ])("a 404 that is followed by %s proves nothing", async (_, second, code) => {
    const { api } = await cloud(answers({ [`HEAD ${url}`]: { status: 404 }, [`GET ${url}/members`]: second }));
    await expect(api.get(id)).rejects.toMatchObject({ code });
  });

  test("what an administrator sees of a deleted image is none", async () => {
    const headers = headersOf({ ...wireImage, status: "deleted", deleted: true });
    const { api } = await cloud(() => ({ headers }));
    expect(await api.get(id)).toBeUndefined();
  });

  test("reads of one moment are one page of the newest images, and HEAD for those that it leaves out", async () => {
    const ids = ["a", "b", "c"];
    const { api, server } = await cloud(({ method, path }) =>
      method === "HEAD"
        ? { headers: headersOf({ ...wireImage, id: path.split("/").at(-1) ?? "" }) }
        : { body: { images: ["a", "x", "c"].map((one) => wireWith({ id: one })) } },
    );
    const images = await Promise.all(ids.map((one) => api.get(one)));
    expect(images.map((image) => image?.id)).toEqual(ids);
    expect(server.calls).toEqual(["GET /v1/images/detail?is_public=None&limit=6", "HEAD /v1/images/b"]);
  });
});

describe("delete", () => {
  test.each([200, 204])("status %i is a success", async (status) => {
    const { api, server } = await cloud(() => ({ status }));
    expect(await api.delete(id)).toBe(true);
    expect(server.calls).toEqual([`DELETE ${url}`]);
  });

  test("an image that is gone is no error, a 404 of something else is", async () => {
    const { api, server } = await cloud(() => noImage());
    expect(await api.delete(id)).toBe(false);
    server.script = () => ({ status: 404, body: "<html>" });
    await expect(api.delete(id)).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  test("a protected image stays", async () => {
    const { api } = await cloud(() => ({ status: 403, body: "403 Forbidden\n\nImage is protected\n\n   " }));
    await expect(api.delete(id)).rejects.toMatchObject({ code: "HTTP_STATUS", status: 403 });
  });
});

test.each(["stage", "deactivate", "reactivate"] as const)("%s is what the API lacks", async (call) => {
  const { api, server } = await cloud(() => answerOf());
  const body = { open: () => Promise.reject(new Error("not to be opened")) };
  await expect(api[call](id, body as never)).rejects.toMatchObject({
    code: "UNSUPPORTED",
    message: expect.stringContaining("the Image API v1 cannot"),
  });
  expect(await api.importMethods()).toEqual(["web-download"]);
  expect(await api.tasks(id)).toBeUndefined();
  expect(await api.stores()).toEqual([]);
  expect(server.calls).toEqual([]);
});
