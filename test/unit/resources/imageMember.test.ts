import { imageMember } from "../../../provider/resources/imageMember/resource";
import type { ImageMemberState } from "../../../provider/resources/imageMember/types";
import { unknown } from "../../../provider/resources/unknown";
import { useContext } from "./context";
import { imageId, SharedImage } from "./sharedImage";

const cloud = useContext();
const inputs = { imageId, memberId: "p1" };
const state: ImageMemberState = {
  ...inputs,
  status: "pending",
  createdAt: "2026-01-31T12:00:00Z",
  updatedAt: "2026-01-31T12:30:00Z",
};
const id = `${imageId}/p1`;

describe("check", () => {
  const failuresOf = async (news: Record<string, unknown>) => {
    const { context } = await cloud(() => ({}));
    return (await imageMember.check(news, context)).failures;
  };

  test.each<[string, Record<string, unknown>, string, RegExp]>([
    ["no image", { memberId: "p1" }, "imageId", /must be declared/],
    ["no member", { imageId }, "memberId", /must be declared/],
    ["an empty member", { imageId, memberId: "" }, "memberId", /must not be empty/],
    ["a member with a slash", { imageId, memberId: "a/b" }, "memberId", /no "\/"/],
    ["a status", { ...inputs, status: "accepted" }, "status", /is not an input/],
    ["an API of its own", { ...inputs, api: "v3" }, "api", /auto, v2/],
  ])("%s is a failure at its path", async (_name, news, property, reason) => {
    expect(await failuresOf(news)).toContainEqual({ property, reason: expect.stringMatching(reason) });
  });

  test("what a preview does not know yet passes", async () => {
    expect(await failuresOf({ imageId: unknown, memberId: unknown, api: "v2" })).toEqual([]);
  });
});

test.each<[string, Record<string, unknown>, string[], string[]]>([
  ["nothing", {}, [], []],
  ["the image", { imageId: "other" }, ["imageId"], ["imageId"]],
  ["an image that is still to be made", { imageId: unknown }, ["imageId"], ["imageId"]],
  ["the member", { memberId: "p2" }, ["memberId"], ["memberId"]],
  ["the cloud", { cloud: "edge" }, ["cloud"], ["cloud"]],
  ["the API to speak", { api: "v2" }, ["api"], []],
])("%s that differs is seen", (_name, over, changes, replaces) => {
  const diff = imageMember.diff(id, { inputs, state }, { ...inputs, ...over } as never);
  expect(diff).toEqual({ changes, replaces, deleteFirst: true });
});

test("creating shares the image with the project and asks for nothing else", async () => {
  const image = new SharedImage();
  const { context, server, places } = await cloud(image.script);
  const made = await imageMember.create({ ...inputs, cloud: "hub" }, {}, context);
  expect(made).toEqual({ id, state: { ...state, cloud: "hub" } });
  expect(places).toEqual([{ ...inputs, cloud: "hub" }]);
  expect(server.calls.filter((call) => !call.startsWith("GET"))).toEqual([`POST /v2/images/${imageId}/members`]);
});

test("one who is a member already keeps the answer", async () => {
  const image = new SharedImage();
  image.members.set("p1", "accepted");
  const { context } = await cloud(image.script);
  expect((await imageMember.create(inputs, {}, context)).state.status).toBe("accepted");
});

test.each(["private", "public", "community"])(
  "an image that is %s is neither shared nor changed",
  async (visibility) => {
    const image = new SharedImage();
    image.visibility = visibility;
    const { context, server } = await cloud(image.script);
    await expect(imageMember.create(inputs, {}, context)).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringMatching(
        `is ${visibility}, and only shared images have members. Set the image's visibility`,
      ),
    });
    expect(server.calls.every((call) => call.startsWith("GET"))).toBe(true);
  },
);

test("an image that does not exist is told by its id", async () => {
  const image = new SharedImage();
  image.exists = false;
  const { context } = await cloud(image.script);
  await expect(imageMember.create(inputs, {}, context)).rejects.toThrow(`There is no image with the id ${imageId}`);
});

describe("read", () => {
  test("gives what a member says now", async () => {
    const image = new SharedImage();
    image.members.set("p1", "rejected");
    const { context } = await cloud(image.script);
    const found = await imageMember.read(id, { inputs, state }, context);
    expect(found).toEqual({ inputs, state: { ...state, status: "rejected" } });
  });

  test("imports by the ids of image and project", async () => {
    const image = new SharedImage();
    image.members.set("p1", "pending");
    const { context, places } = await cloud(image.script);
    const found = await imageMember.read(id, { state: { cloud: "hub" } }, context);
    expect(found).toEqual({ inputs: { ...inputs, cloud: "hub" }, state: { ...state, cloud: "hub" } });
    expect(places).toEqual([{ cloud: "hub" }]);
  });

  test.each(["p1", "a/b/c", "/p1", `${imageId}/`])("%s is no id", async (wrong) => {
    const { context } = await cloud(() => ({}));
    await expect(imageMember.read(wrong, { state: {} }, context)).rejects.toMatchObject({
      code: "CONFIG",
      message: expect.stringContaining("IMAGE/PROJECT"),
    });
  });

  test("finds nothing once the member or the image is gone", async () => {
    const image = new SharedImage();
    const { context } = await cloud(image.script);
    expect(await imageMember.read(id, { inputs, state }, context)).toBeUndefined();
    image.exists = false;
    expect(await imageMember.read(id, { inputs, state }, context)).toBeUndefined();
  });

  test("does not take a member for gone whose image is not shared for a while", async () => {
    const image = new SharedImage();
    image.visibility = "private";
    const { context } = await cloud(image.script);
    await expect(imageMember.read(id, { inputs, state }, context)).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

describe("delete", () => {
  test("removes the member, also when it is gone already", async () => {
    const image = new SharedImage();
    image.members.set("p1", "accepted");
    const { context } = await cloud(image.script);
    await imageMember.delete(id, state, context);
    expect(image.members.size).toBe(0);
    await imageMember.delete(id, state, context);
    image.exists = false;
    await imageMember.delete(id, state, context);
  });

  test("explains why a member of an image that is not shared stays", async () => {
    const image = new SharedImage();
    image.visibility = "private";
    const { context } = await cloud(image.script);
    await expect(imageMember.delete(id, state, context)).rejects.toThrow(/is private, and only shared images/);
  });

  test("tells any other refusal", async () => {
    const image = new SharedImage();
    image.refusals = [403];
    const { context } = await cloud(image.script);
    await expect(imageMember.delete(id, state, context)).rejects.toMatchObject({ code: "HTTP_STATUS", status: 403 });
  });
});
