import { stringify } from "yaml";
import { User } from "../contract/user";
import { describeClouds } from "../tools/clouds/current";
import { entryOf } from "../tools/clouds/environment";
import { type PulumiResult, TestStack } from "../tools/pulumi";
import { said, succeeded } from "./catalog";

/** An image of demo, a member of it and that member's answer, each as plan.json says. */
const program = `
const { Image, ImageMember, ImageMemberStatus } = require("pulumi-glance");
const { image, member, seen, answer } = require("./plan.json");
const shared = new Image("shared", image);
exports.id = shared.id;
const membership = member && new ImageMember("member", { imageId: shared.id, memberId: member });
if (seen) exports.seen = ImageMember.get("seen", seen).status;
if (answer) {
  const imageId = membership ? membership.imageId : shared.id;
  exports.answer = new ImageMemberStatus("answer", { imageId, cloud: "alt", ...answer }).memberId;
}
`;

interface Plan {
  image: Record<string, unknown>;
  /** Id of a project. */
  member?: string;
  /** Id of a member that somebody else made. */
  seen?: string;
  answer?: { status: string; memberId?: string; cloud?: string };
}

interface Member {
  member_id: string;
  status: string;
}

jest.setTimeout(180_000);

describeClouds("sharing", (cloud) => {
  let stack: TestStack;
  let alt: string;
  const owner = new User(cloud, cloud.demo, () => {});
  const consumer = new User(cloud, cloud.alt, () => {});

  beforeAll(async () => {
    alt = (await consumer.logIn()).projectId;
    const clouds = { demo: entryOf(cloud, cloud.demo), alt: entryOf(cloud, cloud.alt) };
    const files = { "clouds.yaml": stringify({ clouds }), "plan.json": "{}" };
    stack = await TestStack.create({ program, files, env: { OS_CLOUD: "demo" } });
  }, 60_000);
  afterAll(async () => {
    await stack.destroy();
    await stack.remove();
  }, 120_000);

  const plan = (declared: Plan) => stack.write("plan.json", JSON.stringify(declared));
  const up = async (declared: Plan): Promise<PulumiResult> => {
    await plan(declared);
    return succeeded(await stack.up());
  };
  const failingUp = async (declared: Plan): Promise<string> => {
    await plan(declared);
    const result = await stack.up();
    expect(result.code).not.toBe(0);
    return said(result);
  };
  const output = async (name: string) => (await stack.outputs())[name] as string;
  const membersPath = async () => `/v2/images/${await output("id")}/members`;
  const members = async () => {
    const { body } = await owner.get(await membersPath());
    const list = (body as { members: Member[] }).members;
    return Object.fromEntries(list.map(({ member_id, status }) => [member_id, status]));
  };
  const visibleToConsumer = async () => {
    const images = await consumer.list({ visibility: "shared", limit: "1000" });
    return images.some(({ name }) => name === "sharing-e2e");
  };
  const image = { name: "sharing-e2e" };

  test("the owner shares and the other project accepts, each with its own credentials", async () => {
    await up({ image, member: alt, answer: { status: "accepted" } });
    expect(await members()).toEqual({ [alt]: "accepted" });
    expect(await output("answer")).toBe(alt);
    expect(await visibleToConsumer()).toBe(true);
  });

  test("nothing is changed by the same program, also after a refresh", async () => {
    succeeded(await stack.refresh());
    const { summary } = await up({ image, member: alt, answer: { status: "accepted" } });
    expect(summary).toEqual({ same: 4 });
  });

  test("another answer is given in place, and no answer is pending again", async () => {
    const { steps } = await up({ image, member: alt, answer: { status: "rejected" } });
    expect(steps.filter(({ name }) => name === "answer").map(({ op }) => op)).toEqual(["update"]);
    expect(await members()).toEqual({ [alt]: "rejected" });
    await up({ image, member: alt });
    expect(await members()).toEqual({ [alt]: "pending" });
  });

  test("an answer that changed outside is noticed and given again", async () => {
    await up({ image, member: alt, answer: { status: "accepted" } });
    await consumer.put(`${await membersPath()}/${alt}`, { status: "rejected" });
    succeeded(await stack.refresh());
    await up({ image, member: alt, answer: { status: "accepted" } });
    expect(await members()).toEqual({ [alt]: "accepted" });
  });

  test("the owner cannot answer for the member, and is told who can", async () => {
    await up({ image, member: alt });
    const text = await failingUp({ image, member: alt, answer: { status: "accepted", cloud: "demo", memberId: alt } });
    expect(text).toContain(`Only the project itself may answer: use credentials for the project ${alt}`);
  });

  test("who is no member has nothing to answer", async () => {
    await up({ image });
    const text = await failingUp({ image: { ...image, visibility: "community" }, answer: { status: "accepted" } });
    expect(text).toMatch(/is community, and only shared images have members/);
    expect(await failingUp({ image: { ...image, visibility: "shared" }, answer: { status: "accepted" } })).toMatch(
      /There is no image|is not shared with the project/,
    );
    await up({ image });
  });

  test("a member that somebody else made is looked up, and stays when it is declared", async () => {
    await up({ image });
    await owner.post(await membersPath(), { member: alt });
    await consumer.put(`${await membersPath()}/${alt}`, { status: "accepted" });
    await up({ image, seen: `${await output("id")}/${alt}` });
    expect(await output("seen")).toBe("accepted");
    await up({ image, member: alt });
    expect(await members()).toEqual({ [alt]: "accepted" });
  });

  test("a member who is gone already is no obstacle", async () => {
    await owner.delete(`${await membersPath()}/${alt}`);
    await up({ image });
    expect(await members()).toEqual({});
  });

  test("a private image cannot be shared, and sharing does not change that", async () => {
    await up({ image: { ...image, visibility: "private" } });
    const text = await failingUp({ image: { ...image, visibility: "private" }, member: alt });
    expect(text).toMatch(
      /is private, and only shared images have members.*Set the image's visibility to shared first/s,
    );
    expect((await owner.show(await output("id"))).body).toMatchObject({ visibility: "private" });
    await up({ image: { ...image, visibility: "shared" } });
  });

  test("members of an image are exactly those that it declares, whatever their order", async () => {
    await up({ image: { ...image, members: [alt, "p2"] } });
    expect(Object.keys(await members()).sort()).toEqual([alt, "p2"].sort());
    const { summary } = await up({ image: { ...image, members: ["p2", alt] } });
    expect(summary).toEqual({ same: 2 });
    await owner.post(await membersPath(), { member: "stranger" });
    succeeded(await stack.refresh());
    const { steps } = await up({ image: { ...image, members: ["p3", alt] } });
    expect(steps.filter(({ name }) => name === "shared").map(({ op }) => op)).toEqual(["update"]);
    expect(Object.keys(await members()).sort()).toEqual([alt, "p3"].sort());
  });

  test("members that are no longer declared go, others stay", async () => {
    await owner.post(await membersPath(), { member: "stranger" });
    await up({ image });
    expect(Object.keys(await members())).toEqual(["stranger"]);
  });

  test("members go before the image becomes private", async () => {
    await up({ image: { ...image, members: [alt] } });
    await up({ image: { ...image, visibility: "private" } });
    await owner.patch(await output("id"), [{ op: "replace", path: "/visibility", value: "shared" }]);
    expect(await members()).toEqual({});
  });

  test("members of an image that nobody could share fail before anything happens", async () => {
    await plan({ image: { ...image, visibility: "private", api: "v2", members: [alt] } });
    const preview = await stack.preview();
    expect(preview.code).not.toBe(0);
    expect(said(preview)).toContain("only shared images have members in the Image API v2");
    await plan({ image: { ...image, visibility: "community", members: [alt] } });
    expect(said(await stack.preview())).toContain("an image that is community has no members");
  });
});
