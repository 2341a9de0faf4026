import { imageNotFound, notAuthorized, refused } from "./refusals";
import { contract, unique } from "./suite";

contract("members", (server) => {
  const { admin, alt, demo } = server;
  const path = (id: string, member?: string) => `/v2/images/${id}/members${member === undefined ? "" : `/${member}`}`;
  /** An image of the project demo that is shared with the project alt. */
  const share = async () => {
    const { id } = await demo.createImage();
    const { projectId } = await alt.logIn();
    const answer = await demo.post(path(id), { member: projectId });
    return { id, member: projectId, answer, one: path(id, projectId) };
  };
  const setVisibility = (id: string, value: string) => demo.patch(id, [{ op: "replace", path: "/visibility", value }]);
  const memberIds = async (user: typeof demo, id: string) => {
    const { members } = (await user.get(path(id))).body as { members: { member_id: string }[] };
    return members.map(({ member_id }) => member_id).sort();
  };

  it("answers 200, not 201, with a member who is asked", async () => {
    const { id, member, answer, one } = await share();
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const shown = {
      member_id: member,
      image_id: id,
      status: "pending",
      created_at: time,
      updated_at: time,
      schema: "/v2/schemas/member",
    };
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(shown);
    expect((await demo.get(one)).body).toEqual(shown);
    expect((await demo.get(path(id))).body).toEqual({ members: [shown], schema: "/v2/schemas/members" });
  });

  it("does not check that such a project exists", async () => {
    const { id } = await demo.createImage();
    const member = unique();
    expect(await demo.post(path(id), { member })).toMatchObject({ status: 200, body: { member_id: member } });
  });

  it("shows all members to the owner and each member only itself", async () => {
    const { id, member } = await share();
    await demo.post(path(id), { member: "another" });
    expect(await memberIds(demo, id)).toEqual([member, "another"].sort());
    expect(await memberIds(server.reader, id)).toEqual([member, "another"].sort());
    expect(await memberIds(alt, id)).toEqual([member]);
    const reason = `another not found in the member list of the image ${id}.`;
    expect(await alt.get(path(id, "another"))).toMatchObject(refused(404, reason));
  });

  it.each(["accepted", "rejected", "pending"])("lets the member answer: %s", async (status) => {
    const { one } = await share();
    expect(await alt.put(one, { status })).toMatchObject({ status: 200, body: { status } });
  });

  it("lets an administrator answer for the member", async () => {
    const { one } = await share();
    expect(await admin.put(one, { status: "accepted" })).toMatchObject({ status: 200, body: { status: "accepted" } });
  });

  it("answers 403 to an owner who answers for the member", async () => {
    const { one } = await share();
    expect(await demo.put(one, { status: "accepted" })).toMatchObject(notAuthorized("modify_member"));
  });

  it("answers 403 to a member who invites another one or removes itself", async () => {
    const { id, one } = await share();
    expect(await alt.post(path(id), { member: "another" })).toMatchObject(notAuthorized("add_member"));
    expect(await alt.delete(one)).toMatchObject(notAuthorized("delete_member"));
  });

  it("answers 204 to removing a member, who then cannot see the image, and 404 to doing it again", async () => {
    const { id, member, one } = await share();
    expect((await demo.delete(one)).status).toBe(204);
    expect(await alt.show(id)).toMatchObject(imageNotFound(id));
    const reason = `${member} not found in the member list of the image ${id}.`;
    expect(await demo.delete(one)).toMatchObject(refused(404, reason));
  });

  it("answers 409 to a member twice", async () => {
    const { id, member } = await share();
    const reason = `Member ${member} is duplicated for image ${id}`;
    expect(await demo.post(path(id), { member })).toMatchObject(refused(409, reason));
  });

  it.each([
    [{}, "Member to be added not specified"],
    [{ member: "" }, "Member can't be empty"],
    [{ member: null }, "Member can't be empty"],
    [[], 'Expected a member in the form: {"member": "image_id"}'],
  ])("answers 400 to adding %j", async (body, reason) => {
    const { id } = await demo.createImage();
    expect(await demo.post(path(id), body)).toMatchObject(refused(400, reason));
  });

  it.each([
    [{ status: "bogus" }, 'Incorrect request: Status must be "pending", "accepted" or "rejected".'],
    [{}, "Status not specified"],
  ])("answers 400 to the answer %j", async (body, reason) => {
    const { one } = await share();
    expect(await alt.put(one, body)).toMatchObject(refused(400, reason));
  });

  it("answers 413 to the 129th member", async () => {
    const { id } = await demo.createImage();
    const members = Array.from({ length: 128 }, (_, index) => `member ${index}`);
    await Promise.all(members.map((member) => demo.post(path(id), { member })));
    const reason = `Image member limit exceeded for image ${id}: The limit has been exceeded on the number of allowed image members for this image. Attempted: 129, Maximum: 128:`;
    expect(await demo.post(path(id), { member: "one more" })).toMatchObject(refused(413, reason));
  });

  it.each(["private", "community"])("answers 403 about members of a %s image", async (visibility) => {
    const { id } = await demo.createImage({ visibility });
    const denied = (what: string) => refused(403, `Not allowed to ${what} members for image ${id}.`);
    expect(await demo.post(path(id), { member: "x" })).toMatchObject(denied("create"));
    expect(await demo.delete(path(id, "x"))).toMatchObject(denied("delete"));
    const reason = `Not allowed to list members for image ${id}: Only shared images have members.`;
    expect(await demo.get(path(id))).toMatchObject(refused(403, reason));
    expect(await demo.get(path(id, "x"))).toMatchObject(refused(404, "Only shared images have members."));
  });

  it("keeps the members of an image that is private for a while", async () => {
    const { id, member } = await share();
    await setVisibility(id, "private");
    expect(await alt.show(id)).toMatchObject(imageNotFound(id));
    await setVisibility(id, "shared");
    expect(await memberIds(demo, id)).toEqual([member]);
    expect((await alt.show(id)).status).toBe(200);
  });

  it("answers 404 about members of an image that the caller cannot see", async () => {
    const { id } = await demo.createImage();
    expect(await alt.get(path(id))).toMatchObject(refused(404, `Image ${id} not found.`));
    expect(await alt.get(path("nope"))).toMatchObject(refused(404, "Image nope not found."));
  });

  it("answers 403 to a member who changes, fills or deletes the image", async () => {
    const { id } = await share();
    const operations = [{ op: "replace", path: "/name", value: "x" }];
    expect(await alt.patch(id, operations)).toMatchObject(notAuthorized("modify_image"));
    expect(await alt.upload(id, "x")).toMatchObject(notAuthorized("upload_image"));
    expect(await alt.delete(`/v2/images/${id}`)).toMatchObject(notAuthorized("delete_image"));
  });
});
