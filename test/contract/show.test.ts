import { randomUUID } from "node:crypto";
import { imageNotFound } from "./refusals";
import { contract } from "./suite";

contract("show", (server) => {
  it("shows an image to its owner", async () => {
    const image = await server.demo.createImage({ name: "shown", some_property: "x" });
    expect(await server.demo.show(image.id)).toMatchObject({ status: 200, body: image });
  });

  it.each(["nope", "x".repeat(300)])("answers 404 for %s, which no image is called", async (id) => {
    expect(await server.demo.show(id)).toMatchObject(imageNotFound(id));
  });

  it("answers 404 for an id that no image has", async () => {
    const id = randomUUID();
    expect(await server.admin.show(id)).toMatchObject(imageNotFound(id));
  });

  it("answers 404 for a deleted image, to administrators, too", async () => {
    const { id } = await server.demo.createImage();
    await server.demo.delete(`/v2/images/${id}`);
    expect(await server.demo.show(id)).toMatchObject(imageNotFound(id));
    expect(await server.admin.show(id)).toMatchObject(imageNotFound(id));
  });

  it.each(["private", "shared"])("hides a %s image from other projects: 404", async (visibility) => {
    const { id } = await server.demo.createImage({ visibility });
    expect(await server.alt.show(id)).toMatchObject(imageNotFound(id));
  });

  it("shows a community image to everybody", async () => {
    const { id } = await server.demo.createImage({ visibility: "community" });
    expect((await server.alt.show(id)).status).toBe(200);
  });

  it("shows a public image to everybody", async () => {
    const { id } = await server.admin.createImage({ visibility: "public" });
    expect((await server.alt.show(id)).status).toBe(200);
  });

  it("shows every image to an administrator", async () => {
    const { id } = await server.demo.createImage({ visibility: "private" });
    expect((await server.admin.show(id)).status).toBe(200);
  });

  it("shows an image that lists hide", async () => {
    const { id } = await server.demo.createImage({ os_hidden: true });
    expect(await server.demo.show(id)).toMatchObject({ status: 200, body: { os_hidden: true } });
  });

  it.each(["pending", "accepted", "rejected"])("shows a shared image to a member who is %s", async (status) => {
    const { id } = await server.demo.createImage();
    const { projectId } = await server.alt.logIn();
    await server.demo.post(`/v2/images/${id}/members`, { member: projectId });
    await server.alt.put(`/v2/images/${id}/members/${projectId}`, { status });
    expect((await server.alt.show(id)).status).toBe(200);
  });
});
