import { imageNotFound, notAuthorized, refused } from "./refusals";
import { contract } from "./suite";
import { rawFormats } from "./user";

contract("delete", (server) => {
  const { demo } = server;
  const remove = (id: string, user = demo) => user.delete(`/v2/images/${id}`);
  const notFound = (id: string) => refused(404, `Failed to find image ${id} to delete`);

  it("answers 204 with nothing, and the image is gone", async () => {
    const { id } = await demo.createImage();
    const answer = await remove(id);
    expect({ status: answer.status, length: answer.bytes.length }).toEqual({ status: 204, length: 0 });
    expect((await demo.show(id)).status).toBe(404);
  });

  it("answers 404 the second time", async () => {
    const { id } = await demo.createImage();
    await remove(id);
    expect(await remove(id)).toMatchObject(notFound(id));
  });

  it("answers 404 for an image that does not exist or that the caller cannot see", async () => {
    const { id } = await demo.createImage();
    expect(await remove("nope")).toMatchObject(notFound("nope"));
    expect(await remove(id, server.alt)).toMatchObject(notFound(id));
  });

  it("answers 403 for an image of another project that the caller sees", async () => {
    const { id } = await demo.createImage({ visibility: "community" });
    expect(await remove(id, server.alt)).toMatchObject(notAuthorized("delete_image"));
  });

  it("answers 403 for a protected image, to administrators, too", async () => {
    const { id } = await demo.createImage({ protected: true });
    const denied = refused(403, `Image ${id} is protected and cannot be deleted.`);
    expect(await remove(id)).toMatchObject(denied);
    expect(await remove(id, server.admin)).toMatchObject(denied);
  });

  it("deletes it once it is not protected any more", async () => {
    const { id } = await demo.createImage({ protected: true });
    await demo.patch(id, [{ op: "replace", path: "/protected", value: false }]);
    expect((await remove(id)).status).toBe(204);
  });

  it("deletes images with staged data", async () => {
    const { id } = await demo.createImage(rawFormats);
    await demo.stage(id, "staged");
    expect((await remove(id)).status).toBe(204);
  });

  it("deletes active images together with their data", async () => {
    const { id } = await demo.createActiveImage();
    expect((await remove(id)).status).toBe(204);
    expect(await demo.get(`/v2/images/${id}/file`)).toMatchObject(imageNotFound(id));
  });

  it("deletes deactivated images", async () => {
    const { id } = await demo.createActiveImage();
    await demo.send("POST", `/v2/images/${id}/actions/deactivate`);
    expect((await remove(id)).status).toBe(204);
  });

  it("lets an administrator delete the image of any project", async () => {
    const { id } = await demo.createImage({ visibility: "private" });
    expect((await remove(id, server.admin)).status).toBe(204);
  });
});
