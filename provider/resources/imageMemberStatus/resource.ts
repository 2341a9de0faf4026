import type { ImageApi } from "../../glance/api";
import type { Member, MemberStatus } from "../../glance/members";
import { isShared, membersOf } from "../../glance/sharing";
import { GlanceError, hasStatus } from "../../http/errors";
import { asDiff, replacing } from "../difference";
import { findMember, type Membership, memberOutputs, membershipId, membershipOf } from "../membership";
import { placeDifferences, placeOf } from "../place";
import type { Connection, Resource, ResourceContext } from "../resource";
import { checkImageMemberStatus } from "./check";
import type { ImageMemberStatusInputs, ImageMemberStatusState } from "./types";

/** The answer of a project to an image that was shared with it, from the side of that project. */
export const imageMemberStatus: Resource<ImageMemberStatusInputs, ImageMemberStatusState> = {
  token: "glance:index:ImageMemberStatus",
  hold() {},
  check: checkImageMemberStatus,

  diff: (_id, { state }, news) => ({
    ...asDiff([
      ...replacing<Membership>(["imageId", "memberId"], state, { memberId: state.memberId, ...news }),
      ...(news.status === state.status ? [] : [{ path: "status", replace: false }]),
      ...placeDifferences(state, news),
    ]),
    // Two names of a cloud may lead to one image, where the old resource would take back the new one's answer.
    deleteFirst: true,
  }),

  async create(inputs, _identity, context) {
    const connection = await context.connect(inputs);
    const { imageId, memberId = await ownProject(connection) } = inputs;
    const membership = { imageId, memberId };
    const member = await answer(connection.images, membership, inputs.status, context);
    return { id: membershipId(membership), state: { ...inputs, memberId, ...memberOutputs(member) } };
  },

  async read(id, old, context) {
    const membership = membershipOf(id);
    const { images } = await context.connect(old.state);
    const member = await findMember(images, membership, context);
    if (!member) return undefined;
    const state = { ...membership, ...placeOf(old.state), ...memberOutputs(member) };
    const { createdAt: _created, updatedAt: _updated, memberId, ...inputs } = state;
    const named = "inputs" in old ? old.inputs.memberId : memberId;
    return { inputs: { ...inputs, ...(named !== undefined && { memberId: named }) }, state };
  },

  async update(id, _old, inputs, context) {
    const membership = membershipOf(id);
    const { images } = await context.connect(inputs);
    const member = await answer(images, membership, inputs.status, context);
    return { ...inputs, ...membership, ...memberOutputs(member) };
  },

  /** What cannot be answered any more needs no other answer. */
  async delete(id, state, context) {
    const membership = membershipOf(id);
    const { images } = await context.connect(state);
    if (!images.capabilities.answers) return;
    const image = await images.get(membership.imageId, { signal: context.signal });
    if (!image || !isShared(images, image) || !(await findMember(images, membership, context))) return;
    await answer(images, membership, "pending", context);
  },
};

async function ownProject({ projectId }: Connection): Promise<string> {
  const own = await projectId();
  if (own !== undefined) return own;
  throw new GlanceError({
    code: "CONFIG",
    message: "The credentials are for no project, so there is none that could answer",
    hint: "Declare memberId, or use credentials for a project",
  });
}

/** Gives this answer unless it was given already. */
async function answer(
  images: ImageApi,
  { imageId, memberId }: Membership,
  status: MemberStatus,
  { signal }: ResourceContext,
): Promise<Member> {
  const member = await findMember(images, { imageId, memberId }, { signal });
  if (!member) {
    throw new GlanceError({
      code: "NOT_FOUND",
      message: `Image ${imageId} is not shared with the project ${memberId}`,
      hint: "The owner of the image shares it first, with an ImageMember or in the members of the Image",
    });
  }
  if (member.status === status) return member;
  try {
    return await membersOf(images).setStatus(imageId, memberId, status, { signal });
  } catch (error) {
    if (!(error instanceof GlanceError) || !hasStatus(error, 403)) throw error;
    throw error.with({ hint: `Only the project itself may answer: use credentials for the project ${memberId}` });
  }
}
