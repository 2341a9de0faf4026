import { requestToken, subjectToken } from "./keystone";
import { notAuthorized } from "./refusals";
import { passwordIdentity } from "./session";
import { contract } from "./suite";
import { rawFormats } from "./user";

contract("roles", (server) => {
  const { demo, reader } = server;

  it("lets a reader of the project see its images", async () => {
    const { id } = await demo.createImage({ visibility: "private", name: "seen" });
    expect(await reader.show(id)).toMatchObject({ status: 200, body: { name: "seen" } });
    expect(await reader.list({ id })).toHaveLength(1);
  });

  it("answers 403 to a reader who creates", async () => {
    expect(await reader.post("/v2/images", {})).toMatchObject(notAuthorized("add_image"));
  });

  it.each([
    ["replaces", { op: "replace", path: "/name", value: "x" }],
    ["adds", { op: "add", path: "/colour", value: "blue" }],
  ])("answers 403 to a reader who %s", async (_, operation) => {
    const { id } = await demo.createImage();
    expect(await reader.patch(id, [operation])).toMatchObject(notAuthorized("modify_image"));
  });

  it("answers 403 to a reader who deletes", async () => {
    const { id } = await demo.createImage();
    expect(await reader.delete(`/v2/images/${id}`)).toMatchObject(notAuthorized("delete_image"));
  });

  it("answers 403 to a reader who uploads", async () => {
    const { id } = await demo.createImage(rawFormats);
    expect(await reader.upload(id, "x")).toMatchObject(notAuthorized("upload_image"));
  });

  it("answers 403 to a reader who adds or removes a tag", async () => {
    const { id } = await demo.createImage({ tags: ["a"] });
    expect(await reader.send("PUT", `/v2/images/${id}/tags/b`)).toMatchObject(notAuthorized("modify_image"));
    expect(await reader.delete(`/v2/images/${id}/tags/a`)).toMatchObject(notAuthorized("modify_image"));
  });

  it("answers 403 to a reader who shares", async () => {
    const { id } = await demo.createImage();
    expect(await reader.post(`/v2/images/${id}/members`, { member: "x" })).toMatchObject(notAuthorized("add_member"));
  });

  it("lets an administrator change the image of any project", async () => {
    const { id, owner } = await demo.createImage({ visibility: "private" });
    const answer = await server.admin.patch(id, [{ op: "replace", path: "/visibility", value: "public" }]);
    expect(answer).toMatchObject({ status: 200, body: { visibility: "public", owner } });
  });

  it("lets the owner take back what an administrator published", async () => {
    const { id } = await demo.createImage();
    await server.admin.patch(id, [{ op: "replace", path: "/visibility", value: "public" }]);
    const answer = await demo.patch(id, [{ op: "replace", path: "/visibility", value: "private" }]);
    expect(answer).toMatchObject({ status: 200, body: { visibility: "private" } });
  });

  it("answers 403 to a list with a token without a project", async () => {
    const token = subjectToken(await requestToken(server, { identity: passwordIdentity(server.cloud.demo) }));
    const headers = { accept: "application/json", "x-auth-token": token };
    const answer = await server.anonymous("GET", "/v2/images", { headers });
    expect(answer).toMatchObject(notAuthorized("get_images"));
  });
});
