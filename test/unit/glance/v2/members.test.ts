import { answers, noImage, useCloud } from "./cloud";

const image = "b2173dd3-7ad6-4362-baa6-a68bce3565cb";
const path = `/v2/images/${image}/members`;
const cloud = useCloud();

const wire = (member_id: string, status = "pending") => ({
  member_id,
  image_id: image,
  status,
  created_at: "2026-01-31T12:00:00Z",
  updated_at: "2026-01-31T12:30:00Z",
  schema: "/v2/schemas/member",
});
const member = (memberId: string, status = "pending") => ({
  imageId: image,
  memberId,
  status,
  createdAt: "2026-01-31T12:00:00Z",
  updatedAt: "2026-01-31T12:30:00Z",
});
const refusal = (status: number, message: string) => ({ status, body: { message, code: `${status} Reason` } });
const noMember = {
  status: 404,
  body: { message: `p1 not found in the member list of the image ${image}.<br />`, code: "404 Not Found" },
};

async function members(table: Record<string, unknown>) {
  const { api, server } = await cloud(answers(table));
  if (!api.members) throw new Error("the Image API v2 has members");
  return { members: api.members, server };
}

test("a list gives every member with its answer", async () => {
  const { members: api } = await members({
    [`GET ${path}`]: { body: { members: [wire("p1"), wire("p2", "accepted")] } },
  });
  expect(await api.list(image)).toEqual([member("p1"), member("p2", "accepted")]);
});

test("a member is read by its id, which is escaped", async () => {
  const { members: api, server } = await members({ [`GET ${path}/p%2F1`]: { body: wire("p/1") } });
  expect(await api.get(image, "p/1")).toEqual(member("p/1"));
  expect(server.calls).toEqual([`GET ${path}/p%2F1`]);
});

test.each([
  ["is no member", noMember],
  ["has no image to be a member of", noImage(image)],
])("who %s is not there, and removing it says so", async (_name, answer) => {
  const { members: api } = await members({ [`GET ${path}/p1`]: answer, [`DELETE ${path}/p1`]: answer });
  expect(await api.get(image, "p1")).toBeUndefined();
  expect(await api.remove(image, "p1")).toBe(false);
});

test.each([
  ["about an image that is not shared", "Only shared images have members."],
  ["of a gateway", "Route not found"],
])("the 404 %s proves nothing", async (_name, message) => {
  const answer = { status: 404, body: { message, code: "404 Not Found" } };
  const { members: api } = await members({ [`GET ${path}/p1`]: answer, [`DELETE ${path}/p1`]: answer });
  await expect(api.get(image, "p1")).rejects.toMatchObject({ code: "BAD_RESPONSE", status: 404 });
  await expect(api.remove(image, "p1")).rejects.toMatchObject({ code: "BAD_RESPONSE", status: 404 });
});

test("adding sends the project, and removing succeeds once", async () => {
  const { members: api, server } = await members({
    [`POST ${path}`]: { body: wire("p1") },
    [`DELETE ${path}/p1`]: { status: 204 },
  });
  expect(await api.add(image, "p1")).toEqual(member("p1"));
  expect(JSON.parse(server.seen[0]?.body ?? "")).toEqual({ member: "p1" });
  expect(await api.remove(image, "p1")).toBe(true);
});

test("one who is a member already stays as it is", async () => {
  const { members: api, server } = await members({
    [`POST ${path}`]: refusal(409, "Member p1 is duplicated for image"),
    [`GET ${path}/p1`]: { body: wire("p1", "accepted") },
  });
  expect(await api.add(image, "p1")).toEqual(member("p1", "accepted"));
  expect(server.calls).toEqual([`POST ${path}`, `GET ${path}/p1`]);
});

test("another conflict is told", async () => {
  const { members: api } = await members({ [`POST ${path}`]: refusal(409, "busy"), [`GET ${path}/p1`]: noMember });
  await expect(api.add(image, "p1")).rejects.toMatchObject({
    status: 409,
    message: expect.stringMatching(`^Image ${image}: adding the member p1 failed: .*busy`),
  });
});

test("an answer is put, and a refusal tells which", async () => {
  const { members: api, server } = await members({
    [`PUT ${path}/p1`]: [{ body: wire("p1", "accepted") }, refusal(403, "You are not authorized")],
  });
  expect(await api.setStatus(image, "p1", "accepted")).toEqual(member("p1", "accepted"));
  expect(JSON.parse(server.seen[0]?.body ?? "")).toEqual({ status: "accepted" });
  await expect(api.setStatus(image, "p1", "rejected")).rejects.toMatchObject({
    status: 403,
    message: expect.stringContaining("setting the status of the member p1 to rejected failed"),
  });
});
