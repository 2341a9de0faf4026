import { must } from "../client";
import { contractOf, unique } from "../suite";
import { create, fieldsOf, head, put, reserve, unknownId, utf8 } from "./images";
import { imageNotFound, refusedInDetail } from "./refusals";

const checksum = "5eb63bbbe01eeed093cb22bb8f5acdc3";

contractOf("v1", "HEAD and GET /v1/images/{id}", ({ demo, alt, admin }) => {
  it("shows what is known in headers", async () => {
    const name = unique();
    const { projectId } = await demo.logIn();
    const image = await create(demo, { "x-image-meta-name": name, "x-image-meta-property-CamelCase": "Yes" });
    const { status, headers, bytes } = await head(demo, image.id);
    expect({ status, length: bytes.length }).toEqual({ status: 200, length: 0 });
    expect(headers).toMatchObject({
      etag: checksum,
      "content-type": "text/html; charset=UTF-8",
      "content-length": "0",
    });
    expect(await fieldsOf(demo, image.id)).toEqual({
      id: image.id,
      name,
      status: "active",
      size: "11",
      checksum,
      disk_format: "raw",
      container_format: "bare",
      owner: projectId,
      is_public: "False",
      protected: "False",
      deleted: "False",
      min_disk: "0",
      min_ram: "0",
      created_at: image.created_at,
      updated_at: image.updated_at,
      "property-camelcase": "Yes",
    });
  });

  it("leaves out what is null", async () => {
    const { id } = await reserve(demo, { "x-image-meta-property-empty": "" });
    const fields = await fieldsOf(demo, id);
    for (const name of ["name", "checksum", "virtual_size", "deleted_at", "property-empty"]) {
      expect(fields).not.toHaveProperty(name);
    }
    expect(fields).toMatchObject({ status: "queued", size: "0" });
    expect((await head(demo, id)).headers).not.toHaveProperty("etag");
  });

  it("sends headers in UTF-8", async () => {
    const { id } = await reserve(demo, { "x-image-meta-name": utf8("grün ✓") });
    expect(await fieldsOf(demo, id)).toMatchObject({ name: utf8("grün ✓") });
  });

  it("sends the bytes with the same headers, and overlooks ranges", async () => {
    const name = unique();
    const { id } = await create(demo, { "x-image-meta-name": name });
    const answer = await demo.send("GET", `/v1/images/${id}`, { headers: { range: "bytes=0-3" } });
    expect(answer).toMatchObject({
      status: 200,
      headers: {
        "content-type": "application/octet-stream",
        "content-length": "11",
        etag: checksum,
        "x-image-meta-name": name,
        "x-image-meta-status": "active",
      },
    });
    expect(answer.bytes.toString()).toBe("hello world");
  });

  it("sends no bytes of an image that has none", async () => {
    const { id } = await reserve(demo);
    expect(await demo.get(`/v1/images/${id}`)).toMatchObject(refusedInDetail(404, `Image ${id} is not active`));
    const empty = await reserve(demo, { "x-image-meta-size": "0" });
    expect(empty).toMatchObject({ status: "active", size: 0, checksum: null });
    expect(await demo.get(`/v1/images/${empty.id}`)).toMatchObject({ status: 200, headers: { "content-length": "0" } });
  });

  it.each([unknownId, "abc", "a:b"])("does not find %s", async (id) => {
    expect(await demo.get(`/v1/images/${id}`)).toMatchObject(imageNotFound(id));
    const { status, bytes } = await head(demo, id);
    expect({ status, length: bytes.length }).toEqual({ status: 404, length: 0 });
  });

  it("hides the images of other projects, but not public ones", async () => {
    const { id } = await create(demo);
    expect(await alt.get(`/v1/images/${id}`)).toMatchObject(imageNotFound(id));
    must(await put(admin, id, { "x-image-meta-is_public": "True" }), 200);
    expect(await fieldsOf(alt, id)).toMatchObject({ is_public: "True" });
    expect((await alt.get(`/v1/images/${id}`)).bytes.toString()).toBe("hello world");
  });
});
