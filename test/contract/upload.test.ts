import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { qcow2Image } from "../tools/images";
import { imageNotFound, notAuthorized, refused, refusedWith, serverError } from "./refusals";
import { contract } from "./suite";
import { octetStream, rawFormats } from "./user";

const digest = (algorithm: string, content: string | Buffer) => createHash(algorithm).update(content).digest("hex");

contract("upload", (server) => {
  const { demo } = server;
  const queued = { status: "queued", size: null, checksum: null };
  const qcow2Formats = { disk_format: "qcow2", container_format: "bare" };

  it("answers 204 with nothing when the image is active", async () => {
    const { id } = await demo.createImage(rawFormats);
    const answer = await demo.upload(id, "hello world");
    expect({ status: answer.status, length: answer.bytes.length }).toEqual({ status: 204, length: 0 });
    expect((await demo.show(id)).body).toMatchObject({
      status: "active",
      size: 11,
      virtual_size: 11,
      checksum: digest("md5", "hello world"),
      os_hash_algo: "sha512",
      os_hash_value: digest("sha512", "hello world"),
      stores: "fast",
      direct_url: expect.stringMatching(/^file:\/\/.*\/fast\//),
    });
  });

  it("takes data without a Content-Length", async () => {
    const { id } = await demo.createImage(rawFormats);
    const body = Readable.from([Buffer.from("in "), Buffer.from("pieces")]);
    expect((await demo.send("PUT", `/v2/images/${id}/file`, { body, headers: octetStream })).status).toBe(204);
    expect((await demo.show(id)).body).toMatchObject({
      status: "active",
      size: 9,
      checksum: digest("md5", "in pieces"),
    });
  });

  it("makes an active image of no data at all", async () => {
    const { id } = await demo.createImage(rawFormats);
    expect((await demo.upload(id, "")).status).toBe(204);
    expect((await demo.show(id)).body).toMatchObject({ status: "active", size: 0, checksum: digest("md5", "") });
  });

  it("reads the virtual size in a qcow2 image", async () => {
    const { id } = await demo.createImage(qcow2Formats);
    const content = qcow2Image(5 * 2 ** 20);
    expect((await demo.upload(id, content)).status).toBe(204);
    expect((await demo.show(id)).body).toMatchObject({ size: content.length, virtual_size: 5 * 2 ** 20 });
  });

  it("takes anything as raw, a qcow2 image with its own size as virtual size", async () => {
    const { id } = await demo.createImage(rawFormats);
    const content = qcow2Image(5 * 2 ** 20);
    expect((await demo.upload(id, content)).status).toBe(204);
    expect((await demo.show(id)).body).toMatchObject({ size: content.length, virtual_size: content.length });
  });

  it("looks at the content only in the container format bare", async () => {
    const { id } = await demo.createImage({ disk_format: "qcow2", container_format: "ovf" });
    expect((await demo.upload(id, "no qcow2")).status).toBe(204);
    expect((await demo.show(id)).body).toMatchObject({ status: "active", virtual_size: null });
  });

  it("answers 415 for content of another format", async () => {
    const { id } = await demo.createImage(qcow2Formats);
    const reason = "Image disk_format qcow2 does not match stream data raw";
    expect(await demo.upload(id, "no qcow2")).toMatchObject(refusedWith(415, reason));
  });

  it("leaves such an image queued, with the hashes of what was refused, and no upload can mend it", async () => {
    const { id } = await demo.createImage(qcow2Formats);
    await demo.upload(id, "no qcow2");
    const poisoned = { status: "queued", size: null, checksum: digest("md5", "no qcow2"), stores: "fast" };
    expect((await demo.show(id)).body).toMatchObject(poisoned);
    expect(await demo.upload(id, qcow2Image(2 ** 20))).toMatchObject(serverError);
    expect((await demo.show(id)).body).toMatchObject(poisoned);
  });

  it("takes parameters of the media type", async () => {
    const { id } = await demo.createImage(rawFormats);
    const headers = { "content-type": "application/octet-stream; charset=utf-8" };
    expect((await demo.upload(id, "x", headers)).status).toBe(204);
  });

  it.each([
    ["application/json", "application/json"],
    [undefined, "None"],
  ])("answers 415 for the media type %s and leaves the image queued", async (type, shown) => {
    const { id } = await demo.createImage(rawFormats);
    const answer = await demo.upload(id, "x", { "content-type": type });
    expect(answer).toMatchObject(refusedWith(415, `<br /><br />\nInvalid content type ${shown}`));
    expect((await demo.show(id)).body).toMatchObject(queued);
  });

  it.each([
    [{}, "Properties disk_format, container_format must be set prior to saving data."],
    [{ disk_format: "raw" }, "Property container_format must be set prior to saving data."],
  ])("answers 400 for an image with the formats %j", async (formats, reason) => {
    const { id } = await demo.createImage(formats);
    expect(await demo.upload(id, "x")).toMatchObject(refused(400, reason));
    expect((await demo.show(id)).body).toMatchObject(queued);
  });

  it("answers 409 for an image that has data", async () => {
    const { id } = await demo.createActiveImage();
    const conflict = refused(409, "Image status transition from active to saving is not allowed");
    expect(await demo.upload(id, "x")).toMatchObject(conflict);
    expect((await demo.show(id)).body).toMatchObject({ size: 11 });
  });

  it("puts data into the store that a header names", async () => {
    const { id } = await demo.createImage(rawFormats);
    expect((await demo.upload(id, "x", { "x-image-meta-store": "cheap" })).status).toBe(204);
    expect((await demo.show(id)).body).toMatchObject({ stores: "cheap" });
  });

  it("answers 400 for an unknown store and leaves the image queued", async () => {
    const { id } = await demo.createImage(rawFormats);
    const answer = await demo.upload(id, "x", { "x-image-meta-store": "nope" });
    expect(answer).toMatchObject(refused(400, "Store for identifier nope not found"));
    expect((await demo.show(id)).body).toMatchObject(queued);
  });

  it.each([
    ["3", "Size exceeds: expected 3 bytes, got 5 bytes"],
    ["7", "Size mismatch: expected 7 bytes, got 5 bytes"],
    ["abc", "Invalid or missing image size in request headers."],
  ])("answers 400 when five bytes are announced as %s; the image can be used again", async (size, reason) => {
    const { id } = await demo.createImage(rawFormats);
    expect(await demo.upload(id, "hello", { "x-openstack-image-size": size })).toMatchObject(refused(400, reason));
    expect((await demo.show(id)).body).toMatchObject(queued);
    expect((await demo.upload(id, "hello", { "x-openstack-image-size": "5" })).status).toBe(204);
  });

  it("answers 404 for an image that the caller cannot see", async () => {
    const { id } = await demo.createImage(rawFormats);
    expect(await server.alt.upload(id, "x")).toMatchObject(imageNotFound(id));
    expect(await demo.upload("nope", "x")).toMatchObject(imageNotFound("nope"));
  });

  it("answers 403 for an image of another project that the caller sees", async () => {
    const { id } = await demo.createImage({ ...rawFormats, visibility: "community" });
    expect(await server.alt.upload(id, "x")).toMatchObject(notAuthorized("upload_image"));
  });
});
