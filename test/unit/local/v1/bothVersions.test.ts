import type { Image } from "../../../../provider/local/store/image";
import { rawFormats } from "../client";
import { imageServer } from "./server";

const server = imageServer();
const get = (path: string) => server.current.send("GET", path);
const patch = (id: string, operations: object[]) =>
  server.current.send("PATCH", `/image/v2/images/${id}`, {
    headers: { "content-type": "application/openstack-images-v2.1-json-patch" },
    body: operations,
  });

/** Makes an image through version 2. */
async function newer(fields: object) {
  return (await server.current.send("POST", "/image/v2/images", { body: fields })).body;
}

async function older(id: string) {
  const { body } = await get("/image/v1/images/detail?limit=1000");
  return body.images.find((image: { id: string }) => image.id === id);
}

it("shows an image of version 1 in version 2", async () => {
  const { id } = await server.current.create({ "x-image-meta-name": "one", "x-image-meta-property-p": "1" }, "abc");
  expect((await get(`/image/v2/images/${id}`)).body).toMatchObject({
    name: "one",
    status: "active",
    visibility: "shared",
    size: 3,
    checksum: "900150983cd24fb0d6963f7d28e17f72",
    os_hash_algo: "sha512",
    stores: "fast",
    tags: [],
    p: "1",
  });
  expect((await get(`/image/v2/images/${id}/file`)).body).toBe("abc");
});

it("shows an image of version 2 in version 1", async () => {
  const { id } = await newer({ name: "two", ...rawFormats, tags: ["t"], "trait:X": "required" });
  const image = await older(id);
  expect(image).toMatchObject({ name: "two", status: "queued", size: 0, properties: { "trait:X": "required" } });
  expect(image).not.toHaveProperty("tags");
});

it("leaves out of the headers what no header can carry", async () => {
  const { id } = await newer({ name: "line\nbreak", "trait:X": "required", good: "1" });
  const { status, headers } = await server.current.send("HEAD", `/image/v1/images/${id}`);
  expect(status).toBe(200);
  expect(headers.get("x-image-meta-property-good")).toBe("1");
  expect(headers.has("x-image-meta-name")).toBe(false);
});

it("takes the bytes through either version", async () => {
  const reserved = await server.current.create();
  const octets = { "content-type": "application/octet-stream" };
  const uploaded = await server.current.send("PUT", `/image/v2/images/${reserved.id}/file`, {
    headers: octets,
    body: "abc",
  });
  expect(uploaded.status).toBe(204);
  expect(await older(reserved.id)).toMatchObject({ status: "active", size: 3 });
  const { id } = await newer(rawFormats);
  await server.current.send("PUT", `/image/v1/images/${id}`, { headers: octets, body: "abc" });
  expect((await get(`/image/v2/images/${id}`)).body).toMatchObject({ status: "active", size: 3 });
});

it.each([
  ["public", "true"],
  ["shared", "false"],
])("makes the visibility %s of is_public: %s", async (visibility, isPublic) => {
  const { id } = await newer({ visibility: "private" });
  const headers = { "x-image-meta-is_public": isPublic };
  await server.current.send("PUT", `/image/v1/images/${id}`, { user: "admin", headers });
  expect((await get(`/image/v2/images/${id}`)).body).toMatchObject({ visibility });
});

it.each(["private", "community", "shared"])("calls the visibility %s not public, and keeps it", async (visibility) => {
  const { id } = await newer({ visibility });
  expect(await older(id)).toMatchObject({ is_public: false });
  await server.current.send("PUT", `/image/v1/images/${id}`, { headers: { "x-image-meta-name": "new" } });
  expect((await get(`/image/v2/images/${id}`)).body).toMatchObject({ visibility, name: "new" });
});

it("shares the members, and whether they may share", async () => {
  const { id } = await server.current.create();
  const body = { member: { can_share: true } };
  await server.current.send("PUT", `/image/v1/images/${id}/members/alt`, { body });
  expect((await get(`/image/v2/images/${id}/members`)).body.members).toMatchObject([
    { member_id: "alt", status: "pending" },
  ]);
  const accepted = { user: "alt", body: { status: "accepted" } } as const;
  await server.current.send("PUT", `/image/v2/images/${id}/members/alt`, accepted);
  expect((await get(`/image/v1/images/${id}/members`)).body.members).toEqual([{ member_id: "alt", can_share: true }]);
});

it("shows no killed image in a list of version 2, but by its id", async () => {
  const { id } = await server.current.create({ "x-image-meta-size": "3" });
  const headers = { "content-type": "application/octet-stream" };
  await server.current.send("PUT", `/image/v1/images/${id}`, { headers, body: "too long" });
  expect((await get(`/image/v2/images/${id}`)).body).toMatchObject({ status: "killed" });
  expect((await get(`/image/v2/images?id=in:${id}`)).body.images).toEqual([]);
  expect(await server.current.bytes()).not.toContain(id);
  expect((await server.current.send("DELETE", `/image/v2/images/${id}`)).status).toBe(204);
});

it("does not send the bytes of a deactivated image", async () => {
  const { id } = await server.current.create({}, "abc");
  await server.current.send("POST", `/image/v2/images/${id}/actions/deactivate`);
  const { status, body } = await get(`/image/v1/images/${id}`);
  expect(status).toBe(403);
  expect(body.message).toContain(`Image ${id} is deactivated`);
});

it("finds names beyond ASCII, and keeps a given creation time", async () => {
  const name = "grün ✓";
  const headers = {
    "x-image-meta-name": Buffer.from(name).toString("latin1"),
    "x-image-meta-created_at": "2015-01-02T03:04:05+01:00",
  };
  await server.current.create(headers);
  const { body } = await get(`/image/v1/images/detail?name=${encodeURIComponent(name)}`);
  expect(body.images).toMatchObject([{ name, created_at: "2015-01-02T02:04:05.000000" }]);
});

it("answers at the synonyms of the version with its own address", async () => {
  const { url } = server.current;
  const { headers } = await server.current.send("POST", "/image/v1.0/images");
  expect(headers.get("location")).toMatch(`${url}/image/v1/images/`);
});

it("neither purges nor writes what version 2 keeps in properties", async () => {
  const { id } = await newer(rawFormats);
  const change = (image: Image) => ({ ...image, properties: new Map([["os_glance_import_task", "t"]]) });
  await server.current.store.change(id, change);
  const headers = { "x-image-meta-property-os_glance_failed_import": "fast", "x-image-meta-property-a": "1" };
  const { body } = await server.current.send("PUT", `/image/v1/images/${id}`, { headers });
  expect(body.image.properties).toEqual({ os_glance_import_task: "t", a: "1" });
});

it("leaves properties to both versions", async () => {
  const { id } = await newer({ a: "1", b: "2" });
  const headers = { "x-image-meta-property-c": "3", "x-glance-registry-purge-props": "false" };
  await server.current.send("PUT", `/image/v1/images/${id}`, { headers });
  await patch(id, [{ op: "remove", path: "/a" }]);
  expect(await older(id)).toMatchObject({ properties: { b: "2", c: "3" } });
});
