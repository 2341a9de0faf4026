import { must } from "../client";
import { contractOf, unique } from "../suite";
import { create, detail, imagesOf, names, reserve } from "./images";

const timestamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);

contractOf("v1", "GET /v1/images", ({ demo, alt, admin }) => {
  it("shows six fields of an image", async () => {
    const name = unique();
    const { id } = await create(demo, { "x-image-meta-name": name });
    const { status, body, headers } = await demo.get("/v1/images", { name });
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        images: [
          {
            id,
            name,
            size: 11,
            disk_format: "raw",
            container_format: "bare",
            checksum: "5eb63bbbe01eeed093cb22bb8f5acdc3",
          },
        ],
      },
    });
    expect(headers).toMatchObject({ "content-type": "application/json" });
    expect(headers["x-openstack-request-id"]).toMatch(/^req-/);
  });

  it("shows everything in detail", async () => {
    const name = unique();
    const { projectId } = await demo.logIn();
    const { id } = await create(demo, {
      "x-image-meta-name": name,
      "x-image-meta-min-ram": "64",
      "x-image-meta-min_disk": "1",
      "x-image-meta-property-hw-disk-bus": "virtio",
    });
    expect(await detail(demo, { name })).toEqual([
      {
        id,
        name,
        status: "active",
        size: 11,
        virtual_size: null,
        disk_format: "raw",
        container_format: "bare",
        checksum: "5eb63bbbe01eeed093cb22bb8f5acdc3",
        owner: projectId,
        is_public: false,
        protected: false,
        min_ram: 64,
        min_disk: 1,
        created_at: timestamp,
        updated_at: timestamp,
        deleted: false,
        deleted_at: null,
        properties: { hw_disk_bus: "virtio" },
      },
    ]);
  });

  it("shows a queued image with the size 0 and an empty property as null", async () => {
    const name = unique();
    await reserve(demo, { "x-image-meta-name": name, "x-image-meta-property-empty": "" });
    expect(await detail(demo, { name })).toMatchObject([
      { status: "queued", size: 0, checksum: null, properties: { empty: null } },
    ]);
  });

  it("shows private images to their project only", async () => {
    const name = unique();
    await reserve(demo, { "x-image-meta-name": name });
    expect(await names(demo, { name })).toEqual([name]);
    expect(await names(alt, { name })).toEqual([]);
  });

  it("shows public images to everybody", async () => {
    const name = unique();
    await reserve(admin, { "x-image-meta-name": name, "x-image-meta-is_public": "True" });
    expect(await detail(alt, { name })).toMatchObject([{ is_public: true }]);
  });

  it("shows shared images to members, whatever they think of it", async () => {
    const name = unique();
    const { id } = await reserve(demo, { "x-image-meta-name": name });
    const { projectId } = await alt.logIn();
    must(await demo.send("PUT", `/v1/images/${id}/members/${projectId}`), 204);
    expect(await names(alt, { name })).toEqual([name]);
  });

  it("is at /v1/, too", async () => {
    const name = unique();
    await reserve(demo, { "x-image-meta-name": name });
    expect(imagesOf(await demo.get("/v1/", { name }))).toMatchObject([{ name }]);
  });

  it.each(["/v1/images/", "/v1/images/detail/", "/v1/nothing"])("knows no %s", async (path) => {
    expect(await demo.get(path)).toMatchObject({ status: 404, body: { code: "404 Not Found" } });
  });

  it.each(["/v1/images", "/v1/images/detail"])("has no HEAD %s", async (path) => {
    const { status, bytes } = await demo.send("HEAD", path);
    expect({ status, length: bytes.length }).toEqual({ status: 405, length: 0 });
  });

  it("redirects to the path with a slash", async () => {
    const { status, headers } = await demo.get("/v1");
    expect(status).toBe(302);
    expect(headers.location).toMatch(/\/v1\/$/);
  });

  it.each(["/v1.0/images", "/v1.1/images"])("is the same at %s", async (path) => {
    const name = unique();
    await reserve(demo, { "x-image-meta-name": name });
    expect(imagesOf(await demo.get(path, { name }))).toMatchObject([{ name }]);
  });
});
