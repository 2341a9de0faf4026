import { UnfinishedImage } from "../../../provider/image/failure";
import { share } from "../../../provider/image/members";
import { checkImage } from "../../../provider/resources/image/check";
import { diffImage } from "../../../provider/resources/image/diff";
import { image as resource } from "../../../provider/resources/image/resource";
import { stateOf } from "../../../provider/resources/image/state";
import type { CheckedImageInputs } from "../../../provider/resources/image/types";
import { UnfinishedResource } from "../../../provider/resources/resource";
import { type Previewed, unknown } from "../../../provider/resources/unknown";
import { someImage } from "../image/images";
import { useContext } from "./context";
import { imageId, SharedImage } from "./sharedImage";

const cloud = useContext();

function shared(...members: string[]): SharedImage {
  const image = new SharedImage();
  for (const member of members) image.members.set(member, "pending");
  return image;
}

const seen = (inputs: CheckedImageInputs, members = inputs.members) => ({
  inputs,
  state: { ...stateOf(someImage({ id: imageId, status: "active" }), inputs, {}), ...(members && { members }) },
});

describe("check", () => {
  const failuresOf = async (news: Record<string, unknown>) => {
    const { context } = await cloud(() => ({}));
    return (await checkImage(news, context)).failures;
  };

  test.each<[string, Record<string, unknown>, string, RegExp]>([
    ["that are no list", { members: "p1" }, "members", /list of ids/],
    ["that are no strings", { members: [1] }, "members[0]", /must be a string/],
    ["that are empty", { members: [""] }, "members[0]", /must not be empty/],
    ["of an image that is public", { members: ["p1"], visibility: "public" }, "members", /public has no members/],
    ["of a private image in v2", { members: [], visibility: "private", api: "v2" }, "members", /only shared images/],
    ["of a shared image in v1", { members: ["p1"], visibility: "public", api: "v1" }, "members", /only private images/],
  ])("members %s are a failure", async (_name, news, property, reason) => {
    expect(await failuresOf(news)).toEqual([{ property, reason: expect.stringMatching(reason) }]);
  });

  test.each<[string, Record<string, unknown>]>([
    ["no visibility", { members: ["p1"], api: "v2" }],
    ["the visibility that is shared", { members: ["p1"], visibility: "shared", api: "v2" }],
    ["a visibility that some API shares", { members: ["p1"], visibility: "private" }],
    ["a visibility that is not known yet", { members: [unknown], visibility: unknown, api: "v2" }],
  ])("members with %s pass", async (_name, news) => {
    expect(await failuresOf(news)).toEqual([]);
  });
});

test.each<[string, string[] | undefined, string[] | undefined, Previewed<CheckedImageInputs>["members"], boolean]>([
  ["nobody says anything of members", undefined, undefined, undefined, false],
  ["they are the same in another order", ["a", "b"], ["a", "b"], ["b", "a"], false],
  ["one is repeated", ["a"], ["a"], ["a", "a"], false],
  ["one is added", ["a"], ["a"], ["a", "b"], true],
  ["somebody else added one", ["a"], ["a", "x"], ["a"], true],
  ["they are declared for the first time", undefined, undefined, [], true],
  ["they are declared no more", ["a"], ["a"], undefined, true],
  ["one is not known yet", ["a"], ["a"], [unknown], true],
])("a difference is seen when and only when it is one: %s", (_name, old, actual, news, differs) => {
  const inputs: CheckedImageInputs = old ? { members: old } : {};
  const wanted = (news ? { members: news } : {}) as Previewed<CheckedImageInputs>;
  const { changes, replaces } = diffImage(imageId, seen(inputs, actual), wanted);
  expect({ changes, replaces }).toEqual({ changes: differs ? ["members"] : [], replaces: [] });
});

describe("sharing", () => {
  const changing = async (image: SharedImage, changes: Parameters<typeof share>[2]) => {
    const { context, server } = await cloud(image.script);
    const { images } = await context.connect({});
    const found = await images.get(imageId);
    if (!found) throw new Error("the image exists");
    await share(images, found, changes, undefined);
    return server.calls
      .filter((call) => !call.startsWith("GET"))
      .map((call) => call.replace(/\/v2.*members/, "members"));
  };

  test("removes the others first, then adds what is missing, and asks for nothing else", async () => {
    const image = shared("a", "b");
    expect(await changing(image, { only: ["b", "c", "c"] })).toEqual(["DELETE members/a", "POST members"]);
    expect([...image.members.keys()]).toEqual(["b", "c"]);
  });

  test("leaves others alone when only some shall go", async () => {
    const image = shared("a", "x");
    expect(await changing(image, { without: ["a", "gone"] })).toEqual(["DELETE members/a", "DELETE members/gone"]);
    expect([...image.members.keys()]).toEqual(["x"]);
  });

  test("of an image with another visibility fails, and ending it there is nothing to do", async () => {
    const image = shared("a");
    image.visibility = "community";
    await expect(changing(image, { only: ["a"] })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await changing(image, { without: ["a"] })).toEqual([]);
  });
});

describe("an image with members", () => {
  const update = async (image: SharedImage, old: CheckedImageInputs, inputs: CheckedImageInputs) => {
    const { context, server } = await cloud(image.script);
    const known = seen(old, [...image.members.keys()]);
    const state = resource.update(imageId, known, inputs, context);
    return { state: await state.catch((error: unknown) => error), server, context };
  };

  test("is shared after its other changes, and its visibility is not touched", async () => {
    const image = shared("a");
    const { state, server } = await update(image, { members: ["a"] }, { members: ["b"], name: "new" });
    expect(state).toMatchObject({ members: ["b"] });
    expect([...image.members.keys()]).toEqual(["b"]);
    const changes = server.seen.filter(({ method }) => method !== "GET");
    expect(changes.map(({ method }) => method)).toEqual(["PATCH", "DELETE", "POST"]);
    expect(changes[0]?.body).not.toContain("visibility");
  });

  test("loses its members before it stops being shared", async () => {
    const image = shared("a", "x");
    const { state } = await update(image, { members: ["a"] }, { visibility: "private" });
    expect(state).not.toHaveProperty("members");
    expect([image.visibility, ...image.members.keys()]).toEqual(["private", "x"]);
  });

  test("is kept by the state with the members that it has when one of them fails", async () => {
    const image = shared("a", "b");
    image.refusals = [500, 500, 500, 500, 500];
    const { state } = await update(image, { members: ["a", "b"] }, { members: ["c"] });
    expect(state).toBeInstanceOf(UnfinishedResource);
    expect(state).not.toBeInstanceOf(UnfinishedImage);
    expect((state as UnfinishedResource<CheckedImageInputs>).state.members).toEqual(["a", "b"]);
  });

  test("is read with them where they are declared, in the program's order if they are the same", async () => {
    const image = shared("b", "a");
    const { context } = await cloud(image.script);
    const read = async (inputs: CheckedImageInputs) =>
      (await resource.read(imageId, seen(inputs), context))?.state.members;
    expect(await read({})).toBeUndefined();
    expect(await read({ members: ["b", "a"] })).toEqual(["b", "a"]);
    image.members.set("x", "pending");
    expect(await read({ members: ["b", "a"] })).toEqual(["a", "b", "x"]);
    image.visibility = "private";
    expect(await read({ members: ["b", "a"] })).toEqual([]);
  });
});
