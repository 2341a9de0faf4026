import { contract, unique } from "./suite";
import type { User } from "./user";

contract("list: who sees what", (server) => {
  const tag = unique("tag");
  const names = async (user: User, query = "") =>
    (await user.list(`tag=${tag}&${query}`)).map(({ name }) => name).sort();

  beforeAll(() =>
    Promise.all([
      server.demo.createImage({ name: "shared", tags: [tag] }),
      server.demo.createImage({ name: "private", tags: [tag], visibility: "private" }),
      server.demo.createImage({ name: "community", tags: [tag], visibility: "community" }),
      server.admin.createImage({ name: "public", tags: [tag], visibility: "public" }),
    ]),
  );

  it("lists one's own images of any visibility and public ones", async () => {
    expect(await names(server.demo)).toEqual(["community", "private", "public", "shared"]);
  });

  it("lists to another project the public ones only", async () => {
    expect(await names(server.alt)).toEqual(["public"]);
  });

  it("lists to an administrator the images of every project but community ones", async () => {
    expect(await names(server.admin)).toEqual(["private", "public", "shared"]);
  });

  it.each([
    ["public", ["public"], ["public"]],
    ["community", ["community"], ["community"]],
    ["private", ["private"], []],
    ["shared", ["shared"], []],
    ["all", ["community", "private", "public", "shared"], ["community", "public"]],
  ])("visibility=%s lists to the owner %j, to another project %j", async (visibility, owner, other) => {
    expect(await names(server.demo, `visibility=${visibility}`)).toEqual(owner);
    expect(await names(server.alt, `visibility=${visibility}`)).toEqual(other);
  });

  it("visibility=all lists everything to an administrator", async () => {
    expect(await names(server.admin, "visibility=all")).toEqual(["community", "private", "public", "shared"]);
  });

  it.each([
    ["accepted", "", true],
    ["pending", "", false],
    ["rejected", "", false],
    ["pending", "member_status=pending", true],
    ["accepted", "member_status=pending", false],
    ["rejected", "member_status=rejected", true],
    ["rejected", "member_status=all", true],
    ["accepted", "visibility=shared", true],
    ["pending", "visibility=shared&member_status=all", true],
  ])("lists to a member who is %s a shared image with the query '%s': %s", async (status, query, isListed) => {
    const { id } = await server.demo.createImage({ name: "shared with alt", tags: [tag] });
    const { projectId } = await server.alt.logIn();
    await server.demo.post(`/v2/images/${id}/members`, { member: projectId });
    await server.alt.put(`/v2/images/${id}/members/${projectId}`, { status });
    expect((await names(server.alt, query)).includes("shared with alt")).toBe(isListed);
  });

  it("keeps one's own and public images with any member_status", async () => {
    expect(await names(server.demo, "member_status=rejected")).toEqual(["community", "private", "public", "shared"]);
  });

  it("lists to a reader what a member of the project sees", async () => {
    expect(await names(server.reader)).toEqual(["community", "private", "public", "shared"]);
  });

  it("does not list deleted images", async () => {
    const { id } = await server.demo.createImage({ name: "deleted", tags: [tag] });
    await server.demo.delete(`/v2/images/${id}`);
    expect(await names(server.demo)).not.toContain("deleted");
  });
});
