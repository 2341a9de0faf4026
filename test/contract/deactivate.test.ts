import { imageNotFound, notAuthorized, refused } from "./refusals";
import { contract } from "./suite";

contract("deactivate and reactivate", (server) => {
  const { demo } = server;
  const act = (id: string, action: string, user = demo) => user.send("POST", `/v2/images/${id}/actions/${action}`);
  const status = async (id: string) => ((await demo.show(id)).body as { status: string }).status;

  it("answers 204 and changes the status there and back", async () => {
    const { id } = await demo.createActiveImage();
    expect((await act(id, "deactivate")).status).toBe(204);
    expect(await status(id)).toBe("deactivated");
    expect((await act(id, "reactivate")).status).toBe(204);
    expect(await status(id)).toBe("active");
  });

  it("answers 204 to what is so already", async () => {
    const { id } = await demo.createActiveImage();
    expect((await act(id, "reactivate")).status).toBe(204);
    await act(id, "deactivate");
    expect((await act(id, "deactivate")).status).toBe(204);
  });

  it.each(["deactivate", "reactivate"])("answers 403 when a queued image is to %s", async (action) => {
    const { id } = await demo.createImage();
    const denied = refused(403, `Not allowed to ${action} image in status 'queued'`);
    expect(await act(id, action)).toMatchObject(denied);
  });

  it("keeps the data of a deactivated image from members of the project, not from administrators", async () => {
    const { id } = await demo.createActiveImage();
    await act(id, "deactivate");
    const denied = refused(403, "The requested image has been deactivated. Image data download is forbidden.");
    expect(await demo.get(`/v2/images/${id}/file`)).toMatchObject(denied);
    expect((await server.admin.get(`/v2/images/${id}/file`)).bytes.toString()).toBe("hello world");
  });

  it("hides where a deactivated image is stored", async () => {
    const { id } = await demo.createActiveImage();
    await act(id, "deactivate");
    const { body } = await demo.show(id);
    expect(body).toMatchObject({ size: 11, checksum: "5eb63bbbe01eeed093cb22bb8f5acdc3" });
    for (const name of ["stores", "direct_url"]) expect(body).not.toHaveProperty(name);
  });

  it("lets a deactivated image be changed", async () => {
    const { id } = await demo.createActiveImage();
    await act(id, "deactivate");
    const answer = await demo.patch(id, [{ op: "replace", path: "/name", value: "changed" }]);
    expect(answer).toMatchObject({ status: 200, body: { name: "changed", status: "deactivated" } });
  });

  it("answers 409 to an upload into a deactivated image", async () => {
    const { id } = await demo.createActiveImage();
    await act(id, "deactivate");
    const conflict = refused(409, "Image status transition from deactivated to saving is not allowed");
    expect(await demo.upload(id, "x")).toMatchObject(conflict);
  });

  it("answers 400 to a body", async () => {
    const { id } = await demo.createActiveImage();
    const answer = await demo.post(`/v2/images/${id}/actions/deactivate`, {});
    expect(answer).toMatchObject(refused(400, "A body is not expected with this request."));
  });

  it("answers 404 to an image that the caller cannot see", async () => {
    const { id } = await demo.createActiveImage();
    expect(await act(id, "deactivate", server.alt)).toMatchObject(imageNotFound(id));
    expect(await act("nope", "deactivate")).toMatchObject(imageNotFound("nope"));
  });

  it("answers 404 to an action that does not exist", async () => {
    const { id } = await demo.createActiveImage();
    expect((await act(id, "bogus")).status).toBe(404);
  });

  it("answers 403 to a reader", async () => {
    const { id } = await demo.createActiveImage();
    expect(await act(id, "deactivate", server.reader)).toMatchObject(notAuthorized("deactivate"));
  });
});
