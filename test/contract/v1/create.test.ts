import { Readable } from "node:stream";
import { must } from "../client";
import { contractOf, unique } from "../suite";
import { octetStream } from "../user";
import { create, formats, imageOf, post, put, reserve, utf8 } from "./images";

contractOf("v1", "POST /v1/images", ({ demo, alt, admin }) => {
  it("reserves an image without data", async () => {
    const { projectId } = await demo.logIn();
    const answer = must(await post(demo, { ...formats, "x-image-meta-name": "reserved" }), 201);
    const image = imageOf(answer);
    expect(image).toMatchObject({ name: "reserved", status: "queued", size: 0, checksum: null, owner: projectId });
    expect(answer.headers.location).toMatch(new RegExp(`/v1/images/${image.id}$`));
    expect(answer.headers).not.toHaveProperty("etag");
  });

  it("needs no header at all", async () => {
    expect(imageOf(must(await post(demo), 201))).toMatchObject({
      name: null,
      status: "queued",
      disk_format: null,
      container_format: null,
      is_public: false,
      protected: false,
      min_disk: 0,
      min_ram: 0,
      properties: {},
    });
  });

  it("takes data at once", async () => {
    const answer = must(await post(demo, formats, "hello world"), 201);
    expect(imageOf(answer)).toMatchObject({ status: "active", size: 11 });
    expect(answer.headers).toMatchObject({ etag: "5eb63bbbe01eeed093cb22bb8f5acdc3" });
  });

  it("takes data of unknown length", async () => {
    const headers = { ...octetStream, ...formats };
    const answer = await demo.send("POST", "/v1/images", { headers, body: Readable.from(["hello ", "world"]) });
    expect(imageOf(must(answer, 201))).toMatchObject({ status: "active", size: 11 });
  });

  it("takes no data for nothing to upload", async () => {
    expect(imageOf(must(await post(demo, formats, ""), 201))).toMatchObject({ status: "queued", size: 0 });
  });

  it("takes the size and checksum that the data has", async () => {
    const right = { "x-image-meta-size": "3", "x-image-meta-checksum": "900150983cd24fb0d6963f7d28e17f72" };
    expect(await create(demo, right, "abc")).toMatchObject({ status: "active", size: 3 });
    expect(await create(demo, { "x-image-meta-size": "0" }, "abc")).toMatchObject({ status: "active", size: 3 });
  });

  it("keeps a size and checksum for data that is still to come", async () => {
    const announced = { "x-image-meta-size": "3", "x-image-meta-checksum": "abc", "x-image-meta-virtual_size": "77" };
    expect(await reserve(demo, announced)).toMatchObject({
      status: "queued",
      size: 3,
      checksum: "abc",
      virtual_size: 77,
    });
  });

  it("takes hyphens for underscores and names in lower case", async () => {
    const headers = {
      "x-image-meta-disk-format": "qcow2",
      "X-Image-Meta-Container-Format": "ovf",
      "x-image-meta-property-HW-Disk_Bus": "SCSI",
    };
    expect(imageOf(must(await post(demo, headers), 201))).toMatchObject({
      disk_format: "qcow2",
      container_format: "ovf",
      properties: { hw_disk_bus: "SCSI" },
    });
  });

  it("takes text in UTF-8, and percent signs as they are", async () => {
    const headers = { "x-image-meta-name": utf8("ü ✓ %20"), "x-image-meta-property-p": utf8("grün") };
    expect(await reserve(demo, headers)).toMatchObject({ name: "ü ✓ %20", properties: { p: "grün" } });
  });

  it.each(["ami", "ari", "aki"])("takes the disk format %s for the container format, too", async (format) => {
    const image = imageOf(must(await post(demo, { "x-image-meta-disk_format": format }), 201));
    expect(image).toMatchObject({ disk_format: format, container_format: format });
  });

  it.each([
    ["True", true],
    ["1", true],
    ["yes", true],
    ["False", false],
    ["", false],
    ["maybe", false],
  ])("understands protected: %j", async (value, expected) => {
    expect(await reserve(demo, { "x-image-meta-protected": value })).toMatchObject({ protected: expected });
  });

  it("takes no status", async () => {
    expect(await reserve(demo, { "x-image-meta-status": "active" })).toMatchObject({ status: "queued" });
  });

  it("overlooks what does nothing", async () => {
    const headers = { "x-image-meta-uri": "u", "x-image-meta-copy_from": "c", "x-image-meta-store": "file" };
    expect(await reserve(demo, headers)).toMatchObject({ status: "queued" });
  });

  it("takes the owner from administrators only", async () => {
    const { projectId } = await alt.logIn();
    const headers = { "x-image-meta-owner": projectId };
    expect(await reserve(admin, headers)).toMatchObject({ owner: projectId });
    expect(await reserve(demo, headers)).toMatchObject({ owner: (await demo.logIn()).projectId });
    expect(await reserve(admin, { "x-image-meta-owner": "" })).toMatchObject({ owner: null });
  });

  it("takes an id", async () => {
    const id = unique("").slice(1);
    expect(await reserve(demo, { "x-image-meta-id": id })).toMatchObject({ id });
  });

  it("lets the image be changed right away", async () => {
    const { id } = await reserve(demo);
    expect(imageOf(must(await put(demo, id, { "x-image-meta-name": "later" }), 200))).toMatchObject({ name: "later" });
  });
});
