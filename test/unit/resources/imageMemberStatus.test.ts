import { imageMemberStatus } from "../../../provider/resources/imageMemberStatus/resource";
import type {
  ImageMemberStatusInputs,
  ImageMemberStatusState,
} from "../../../provider/resources/imageMemberStatus/types";
import { unknown } from "../../../provider/resources/unknown";
import { useContext } from "./context";
import { imageId, SharedImage } from "./sharedImage";

const cloud = useContext();
const inputs: ImageMemberStatusInputs = { imageId, status: "accepted" };
const state: ImageMemberStatusState = {
  ...inputs,
  memberId: "p1",
  createdAt: "2026-01-31T12:00:00Z",
  updatedAt: "2026-01-31T12:30:00Z",
};
const id = `${imageId}/p1`;

/** An image shared with the project p1, as p1 sees it. */
function offered(status = "pending"): SharedImage {
  const image = new SharedImage("p1");
  image.members.set("p1", status);
  return image;
}

test.each<[string, Record<string, unknown>, string, RegExp]>([
  ["no image", { status: "accepted" }, "imageId", /must be declared/],
  ["no status", { imageId }, "status", /must be declared/],
  ["an answer in v1, where nobody is asked", { imageId, status: "rejected", api: "v1" }, "status", /only be accepted/],
  ["a status that does not exist", { imageId, status: "maybe" }, "status", /accepted, rejected, pending/],
])("%s is a failure at its path", async (_name, news, property, reason) => {
  const { context } = await cloud(() => ({}));
  const { failures } = await imageMemberStatus.check(news, context);
  expect(failures).toEqual([{ property, reason: expect.stringMatching(reason) }]);
});

test.each<[string, Record<string, unknown>, string[], string[]]>([
  ["nothing", {}, [], []],
  ["a member that is the caller's", { memberId: "p1" }, [], []],
  ["another member", { memberId: "p2" }, ["memberId"], ["memberId"]],
  ["another image", { imageId: unknown }, ["imageId"], ["imageId"]],
  ["another answer", { status: "rejected" }, ["status"], []],
  ["another region", { region: "north" }, ["region"], ["region"]],
])("%s: what differs is seen", (_name, over, changes, replaces) => {
  const diff = imageMemberStatus.diff(id, { inputs, state }, { ...inputs, ...over } as never);
  expect(diff).toEqual({ changes, replaces, deleteFirst: true });
});

test("the project that the credentials are for answers", async () => {
  const image = offered();
  const { context } = await cloud(image.script, "p1");
  expect(await imageMemberStatus.create(inputs, {}, context)).toEqual({ id, state });
  expect(image.members.get("p1")).toBe("accepted");
});

test("an answer that was given already is not given again", async () => {
  const { context, server } = await cloud(offered("accepted").script, "p1");
  await imageMemberStatus.create(inputs, {}, context);
  expect(server.calls.every((call) => call.startsWith("GET"))).toBe(true);
});

test("credentials for no project must name the one that answers", async () => {
  const { context } = await cloud(offered().script);
  await expect(imageMemberStatus.create(inputs, {}, context)).rejects.toMatchObject({
    code: "CONFIG",
    message: expect.stringContaining("Declare memberId"),
  });
  expect(await imageMemberStatus.create({ ...inputs, memberId: "p1" }, {}, context)).toEqual({ id, state });
});

test("who is no member is told to ask the owner", async () => {
  const { context } = await cloud(new SharedImage("p1").script, "p1");
  await expect(imageMemberStatus.create(inputs, {}, context)).rejects.toMatchObject({
    code: "NOT_FOUND",
    message: expect.stringMatching(/is not shared with the project p1. The owner of the image shares it first/),
  });
});

test("who answers for somebody else is told who can", async () => {
  const image = offered();
  image.members.set("p2", "pending");
  const { context } = await cloud(image.script, "p1");
  await expect(imageMemberStatus.create({ ...inputs, memberId: "p2" }, {}, context)).rejects.toMatchObject({
    status: 403,
    message: expect.stringContaining("use credentials for the project p2"),
  });
});

test("an answer changes in place", async () => {
  const image = offered("accepted");
  const { context } = await cloud(image.script, "p1");
  const updated = await imageMemberStatus.update(id, { inputs, state }, { imageId, status: "rejected" }, context);
  expect(updated).toEqual({ ...state, status: "rejected" });
  expect(image.members.get("p1")).toBe("rejected");
});

describe("read", () => {
  test("shows another answer as it is now, and names the member only if the program did", async () => {
    const { context } = await cloud(offered("rejected").script);
    const seen = { ...state, status: "rejected" };
    expect(await imageMemberStatus.read(id, { inputs, state }, context)).toEqual({
      inputs: { imageId, status: "rejected" },
      state: seen,
    });
    expect(await imageMemberStatus.read(id, { state: {} }, context)).toEqual({
      inputs: { imageId, status: "rejected", memberId: "p1" },
      state: seen,
    });
  });

  test("finds nothing once the image is shared no more", async () => {
    const { context } = await cloud(new SharedImage().script);
    expect(await imageMemberStatus.read(id, { inputs, state }, context)).toBeUndefined();
  });
});

describe("delete", () => {
  test("makes the answer pending again", async () => {
    const image = offered("accepted");
    const { context } = await cloud(image.script, "p1");
    await imageMemberStatus.delete(id, state, context);
    expect(image.members.get("p1")).toBe("pending");
  });

  test.each<[string, (image: SharedImage) => void]>([
    ["the project is no member any more", (image) => image.members.clear()],
    ["the image is not shared any more", (image) => Object.assign(image, { visibility: "community" })],
    ["the image is gone", (image) => Object.assign(image, { exists: false })],
  ])("has nothing to do when %s", async (_name, change) => {
    const image = offered("accepted");
    change(image);
    const { context, server } = await cloud(image.script, "p1");
    await imageMemberStatus.delete(id, state, context);
    expect(server.calls.every((call) => call.startsWith("GET"))).toBe(true);
  });
});
