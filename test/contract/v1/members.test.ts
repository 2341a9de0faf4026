import { type Answer, must } from "../client";
import { refused, serverError } from "../refusals";
import { contractOf } from "../suite";
import { fieldsOf, head, reserve, unknownId } from "./images";
import { imageNotFound, refusedByRegistry, registrySays } from "./refusals";

const cannotShare = refusedByRegistry(
  404,
  "403 Forbidden\n\nAccess was denied to this resource.\n\n No permission to share that image  ",
);
const association = (reason: string) =>
  refusedByRegistry(400, registrySays.reason(400, `Invalid membership association: ${reason}`));

contractOf("v1", "members of an image", ({ demo, alt, admin }) => {
  let id: string;
  let guest: string;
  beforeEach(async () => {
    ({ id } = await reserve(demo));
    guest = (await alt.logIn()).projectId;
  });

  const path = (member = "") => `/v1/images/${id}/members${member && `/${member}`}`;
  const add = (member: string, json?: unknown, user = demo): Promise<Answer> =>
    user.send("PUT", path(member), json === undefined ? {} : { json });
  const replace = (memberships: unknown, user = demo): Promise<Answer> => user.put(path(), { memberships });
  const members = async (user = demo) => (must(await user.get(path()), 200).body as { members: unknown }).members;
  const member = (member_id: string, can_share = false) => ({ member_id, can_share });

  it("are none at first", async () => {
    expect(await members()).toEqual([]);
  });

  it("see the image", async () => {
    expect((await head(alt, id)).status).toBe(404);
    const { status, bytes } = await add(guest);
    expect({ status, length: bytes.length }).toEqual({ status: 204, length: 0 });
    expect(await fieldsOf(alt, id)).toMatchObject({ id, is_public: "False" });
  });

  it("are added one by one, as often as one likes", async () => {
    must(await add(guest), 204);
    must(await add("somebody", { member: { can_share: true }, junk: 1 }), 204);
    must(await add("somebody"), 204);
    expect(await members()).toEqual([member(guest), member("somebody", true)]);
    must(await add("somebody", { member: { can_share: false } }), 204);
    expect(await members()).toEqual([member(guest), member("somebody")]);
  });

  it("see only themselves among the members", async () => {
    must(await replace([{ member_id: "somebody" }, { member_id: guest }]), 204);
    expect(await members(alt)).toEqual([member(guest)]);
  });

  it("share the image only if they may", async () => {
    must(await add(guest), 204);
    expect(await add("somebody", undefined, alt)).toMatchObject(cannotShare);
    expect(await replace([], alt)).toMatchObject(cannotShare);
    expect(await alt.delete(path(guest))).toMatchObject(cannotShare);
    must(await add(guest, { member: { can_share: true } }), 204);
    must(await add("somebody", undefined, alt), 204);
    expect(await members()).toEqual([member(guest, true), member("somebody")]);
  });

  it("are replaced as a whole, but keep what is not said of them", async () => {
    must(await add(guest, { member: { can_share: true } }), 204);
    must(await replace([{ member_id: guest }, { member_id: "somebody", can_share: true }]), 204);
    expect(await members()).toEqual([member(guest, true), member("somebody", true)]);
    must(await replace([{ member_id: "somebody", can_share: false }]), 204);
    expect(await members()).toEqual([member("somebody")]);
    must(await replace([]), 204);
    expect(await members()).toEqual([]);
  });

  it("are removed", async () => {
    must(await add(guest), 204);
    must(await demo.delete(path(guest)), 204);
    expect((await head(alt, id)).status).toBe(404);
    const said = registrySays.reason(404, "Membership could not be found.");
    expect(await demo.delete(path(guest))).toMatchObject(refusedByRegistry(404, said));
  });

  it("come back with a body", async () => {
    must(await add(guest), 204);
    must(await demo.delete(path(guest)), 204);
    must(await add(guest, { member: { can_share: false } }), 204);
    expect(await members()).toEqual([member(guest)]);
  });

  it("know what is shared with them", async () => {
    must(await add(guest, { member: { can_share: true } }), 204);
    const { body } = must(await alt.get(`/v1/shared-images/${guest}`), 200);
    const shared = (body as { shared_images: unknown[] }).shared_images;
    expect(shared).toContainEqual({ image_id: id, can_share: true });
    must(await demo.delete(`/v1/images/${id}`), 200);
    const { body: after } = must(await alt.get(`/v1/shared-images/${guest}`), 200);
    expect((after as { shared_images: unknown[] }).shared_images).not.toContainEqual(
      expect.objectContaining({ image_id: id }),
    );
  });

  it("are hidden from strangers", async () => {
    must(await add("somebody"), 204);
    expect(await alt.get("/v1/shared-images/somebody")).toMatchObject({ status: 200, body: { shared_images: [] } });
    expect(await alt.get(path())).toMatchObject(imageNotFound(id));
    expect(await add(guest, undefined, alt)).toMatchObject(imageNotFound(id));
  });

  it("of a public image are its owner's business", async () => {
    ({ id } = await reserve(admin, { "x-image-meta-is_public": "True" }));
    expect(await add(guest)).toMatchObject(cannotShare);
    must(await add(guest, undefined, admin), 204);
    expect(await members(admin)).toEqual([member(guest)]);
    expect(await members()).toEqual([]);
  });

  it("belong to an image", async () => {
    id = unknownId;
    expect(await demo.get(path())).toMatchObject(imageNotFound(id));
    expect(await add(guest)).toMatchObject(imageNotFound(id));
    expect(await replace([])).toMatchObject(imageNotFound(id));
    expect(await demo.delete(path(guest))).toMatchObject(imageNotFound(id));
  });

  it.each([
    ["not JSON", "no json", refused(400, "Malformed JSON in request body.")],
    ["a text", '"x"', refused(400, "Unexpected body type. Expected list/dict.")],
    ["nothing in member", '{"member":null}', serverError],
  ])("are not added with %s", async (_, body, refusal) => {
    expect(await demo.send("PUT", path(guest), { body })).toMatchObject(refusal);
    expect(await members()).toEqual([]);
  });

  it.each([
    ["texts", { memberships: ["x"] }, association("string indices must be integers")],
    ["an object", { memberships: { a: 1 } }, association("string indices must be integers")],
    ["members without id", { memberships: [{ can_share: true }] }, association("'member_id'")],
    ["other names", {}, association("'member_id'")],
    ["null", { memberships: null }, serverError],
    ["a list", [], serverError],
  ])("are not replaced by %s", async (_, json, refusal) => {
    must(await add(guest), 204);
    expect(await demo.put(path(), json)).toMatchObject(refusal);
    expect(await members()).toEqual([member(guest)]);
  });

  it("cannot be shown one by one", async () => {
    expect(await demo.get(path(guest))).toMatchObject({ status: 405, body: { code: "405 Method Not Allowed" } });
  });
});
