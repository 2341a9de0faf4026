import type { MemberApi } from "../../../../provider/glance/members";
import { answers } from "../v2/cloud";
import { id, noImage, useCloud } from "./cloud";

const cloud = useCloud();
const url = `/v1/images/${id}/members`;
const membership = { status: 404, body: "404 Not Found\n\n404 Not Found  Membership could not be found.     \n\n   " };
const of = (...ids: string[]) => ({ body: { members: ids.map((member_id) => ({ member_id, can_share: false })) } });

async function membersOf(table: Record<string, unknown>) {
  const { api, server } = await cloud(answers(table));
  return { members: api.members as MemberApi, server };
}

const member = (memberId: string) => ({ imageId: id, memberId, status: "accepted" });

test("every member has accepted", async () => {
  const { members } = await membersOf({ [`GET ${url}`]: of("p2", "p3") });
  expect(await members.list(id)).toMatchObject([member("p2"), member("p3")]);
  expect(await members.get(id, "p3")).toMatchObject(member("p3"));
  expect(await members.get(id, "p4")).toBeUndefined();
});

test("an image that does not exist has no members to list, and none to find", async () => {
  const { members } = await membersOf({ [`GET ${url}`]: noImage() });
  await expect(members.list(id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await members.get(id, "p2")).toBeUndefined();
});

test("a 404 in foreign words says nothing about a member", async () => {
  const { members } = await membersOf({ [`GET ${url}`]: { status: 404, body: "<html>" } });
  await expect(members.get(id, "p2")).rejects.toMatchObject({ code: "BAD_RESPONSE" });
});

test("adds one and leaves the others", async () => {
  const { members, server } = await membersOf({ [`PUT ${url}/p2`]: { status: 204 } });
  expect(await members.add(id, "p2")).toMatchObject(member("p2"));
  expect(server.calls).toEqual([`PUT ${url}/p2`]);
  expect(server.seen[0]?.body).toBe("");
});

test("sharing what is somebody else's fails", async () => {
  const body =
    "404 Not Found\n\n403 Forbidden  Access was denied to this resource.   No permission to share that image  ";
  const { members } = await membersOf({ [`PUT ${url}/p2`]: { status: 404, body } });
  await expect(members.add(id, "p2")).rejects.toMatchObject({ code: "HTTP_STATUS", status: 404 });
});

test.each<[string, Record<string, unknown>, boolean]>([
  ["a member", { [`DELETE ${url}/p2`]: { status: 204 } }, true],
  ["no member", { [`DELETE ${url}/p2`]: membership, [`GET ${url}`]: of("p3") }, false],
  ["a member of no image", { [`DELETE ${url}/p2`]: noImage(), [`GET ${url}`]: noImage() }, false],
])("removing %s", async (_, table, removed) => {
  const { members } = await membersOf(table);
  expect(await members.remove(id, "p2")).toBe(removed);
});

test("a 404 for one who is a member still is no success", async () => {
  const { members } = await membersOf({ [`DELETE ${url}/p2`]: membership, [`GET ${url}`]: of("p2") });
  await expect(members.remove(id, "p2")).rejects.toMatchObject({ code: "BAD_RESPONSE" });
});

test("a status cannot be set", async () => {
  const { members, server } = await membersOf({});
  await expect(members.setStatus(id, "p2", "rejected")).rejects.toMatchObject({
    code: "UNSUPPORTED",
    message: expect.stringContaining("have no status"),
  });
  expect(server.calls).toEqual([]);
});
