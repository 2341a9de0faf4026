import { imageNotFound, notAuthorized, refused, refusedWith } from "./refusals";
import { contract } from "./suite";
import { octetStream, rawFormats } from "./user";

contract("staging", (server) => {
  const { demo } = server;
  const staged = async () => {
    const image = await demo.createImage(rawFormats);
    await demo.stage(image.id, "staged");
    return image;
  };

  it("answers 204 and shows the image as uploading, with the staged size", async () => {
    const { id } = await demo.createImage(rawFormats);
    const answer = await demo.stage(id, "staged");
    expect({ status: answer.status, length: answer.bytes.length }).toEqual({ status: 204, length: 0 });
    expect((await demo.show(id)).body).toMatchObject({
      status: "uploading",
      size: 6,
      checksum: null,
      virtual_size: null,
    });
  });

  it("does not need formats, which then cannot be set any more", async () => {
    const { id } = await demo.createImage();
    expect((await demo.stage(id, "staged")).status).toBe(204);
    const denied = refused(403, "Attribute disk_format can be only replaced for a queued image.");
    expect(await demo.patch(id, [{ op: "replace", path: "/disk_format", value: "raw" }])).toMatchObject(denied);
  });

  it("answers 409 to staging or uploading over staged data", async () => {
    const { id } = await staged();
    const conflict = (status: string) =>
      refused(409, `Image status transition from uploading to ${status} is not allowed`);
    expect(await demo.stage(id, "again")).toMatchObject(conflict("uploading"));
    expect(await demo.upload(id, "again")).toMatchObject(conflict("saving"));
  });

  it("answers 409 for an active image", async () => {
    const { id } = await demo.createActiveImage();
    const conflict = refused(409, "Image status transition from active to uploading is not allowed");
    expect(await demo.stage(id, "x")).toMatchObject(conflict);
  });

  it("answers 400 when the announced size is wrong; the image is queued and can be staged again", async () => {
    const { id } = await demo.createImage(rawFormats);
    const headers = { ...octetStream, "x-openstack-image-size": "3" };
    const answer = await demo.send("PUT", `/v2/images/${id}/stage`, { body: "hello", headers });
    expect(answer).toMatchObject(refused(400, "Size exceeds: expected 3 bytes, got 5 bytes"));
    expect((await demo.show(id)).body).toMatchObject({ status: "queued", size: null });
    expect((await demo.stage(id, "hello")).status).toBe(204);
  });

  it("answers 415 for another media type", async () => {
    const { id } = await demo.createImage(rawFormats);
    const answer = await demo.put(`/v2/images/${id}/stage`, {});
    expect(answer).toMatchObject(refusedWith(415, "Invalid content type application/json"));
  });

  it("answers 404 for an image that the caller cannot see", async () => {
    const { id } = await demo.createImage(rawFormats);
    expect(await server.alt.stage(id, "x")).toMatchObject(imageNotFound(id));
    expect(await demo.stage("nope", "x")).toMatchObject(imageNotFound("nope"));
  });

  it("answers 403 to a reader", async () => {
    const { id } = await demo.createImage(rawFormats);
    expect(await server.reader.stage(id, "x")).toMatchObject(notAuthorized("modify_image"));
  });
});
