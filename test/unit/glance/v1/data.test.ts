import { Readable } from "node:stream";
import { answerOf, headersOf, id, noImage, useCloud, wireImage } from "./cloud";

const cloud = useCloud();
const url = `/v1/images/${id}`;

test("an upload keeps the properties, announces its size and has a token that lives long enough", async () => {
  const { api, server, session } = await cloud(() => answerOf());
  await api.upload(id, { open: () => Readable.from(["hello"]), length: 5 }, { store: "file" });
  const [request] = server.seen;
  expect(server.calls).toEqual([`PUT ${url}`]);
  expect(request?.body).toBe("hello");
  expect(request?.headers).toMatchObject({
    "content-type": "application/octet-stream",
    "x-glance-registry-purge-props": "false",
    "x-image-meta-size": "5",
    "x-image-meta-store": "file",
  });
  expect(session.validFor[0]).toBeGreaterThanOrEqual(600);
});

test("an upload into an image with data says why it failed", async () => {
  const { api } = await cloud(() => ({ status: 409, body: "Cannot upload to an unqueued image" }));
  await expect(api.upload(id, { open: () => Readable.from(["x"]) })).rejects.toMatchObject({
    status: 409,
    message: expect.stringContaining("unqueued"),
  });
});

test("a download gives the bytes", async () => {
  const { api } = await cloud(({ method }) =>
    method === "HEAD" ? { headers: headersOf(wireImage) } : { body: "hello world" },
  );
  const stream = await api.download(id);
  expect(Buffer.concat(await (stream as Readable).toArray()).toString()).toBe("hello world");
});

test("an image without data has nothing to download", async () => {
  const { api, server } = await cloud(() => ({ headers: headersOf({ ...wireImage, status: "queued", size: 0 }) }));
  expect(await api.download(id)).toBeUndefined();
  expect(server.calls).toEqual([`HEAD ${url}`]);
});

test("downloads of no image and of a part fail", async () => {
  const { api, server } = await cloud(({ method }) => (method === "HEAD" ? { status: 404 } : noImage()));
  await expect(api.download(id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  server.seen.length = 0;
  await expect(api.download(id, { range: [0, 1] })).rejects.toMatchObject({ code: "UNSUPPORTED" });
  expect(server.calls).toEqual([]);
});

test("web-download is a copy into the queued image", async () => {
  const { api, server } = await cloud(() => answerOf({ status: "queued" }));
  const { requestId } = await api.import(id, { name: "web-download", uri: "http://mirror/edge.img" });
  expect(requestId).toBe("req-answer");
  expect(server.calls).toEqual([`PUT ${url}`]);
  expect(server.seen[0]?.headers).toMatchObject({
    "x-glance-api-copy-from": "http://mirror/edge.img",
    "x-glance-registry-purge-props": "false",
  });
});

test.each([
  [{ name: "glance-direct" } as const, {}],
  [{ name: "copy-image" } as const, {}],
  [{ name: "glance-download", region: "R", imageId: "i" } as const, {}],
  [{ name: "web-download", uri: "http://mirror/x" } as const, { stores: ["fast"] }],
  [{ name: "web-download", uri: "http://mirror/x" } as const, { allStores: true }],
])("the import %j with %j is refused", async (method, stores) => {
  const { api, server } = await cloud(() => answerOf());
  await expect(api.import(id, method, stores)).rejects.toMatchObject({ code: "UNSUPPORTED" });
  expect(server.calls).toEqual([]);
});
