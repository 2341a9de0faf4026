import { membersOf, requireShared } from "../../glance/sharing";
import { hasStatus } from "../../http/errors";
import { asDiff, replacing } from "../difference";
import { existingImage } from "../existingImage";
import { findMember, type Membership, memberOutputs, membershipId, membershipOf } from "../membership";
import { placeDifferences, placeOf } from "../place";
import type { Resource } from "../resource";
import { checkImageMember } from "./check";
import type { ImageMemberInputs, ImageMemberState } from "./types";

/** A project that an image is shared with, from the side of the image's owner. */
export const imageMember: Resource<ImageMemberInputs, ImageMemberState> = {
  token: "glance:index:ImageMember",
  hold() {},
  check: checkImageMember,

  diff: (_id, { state }, news) => ({
    ...asDiff([...replacing<Membership>(["imageId", "memberId"], state, news), ...placeDifferences(state, news)]),
    // Two names of a cloud may lead to one image, from which the old resource would remove the new one's member.
    deleteFirst: true,
  }),

  async create(inputs, _identity, context) {
    const { images } = await context.connect(inputs);
    const { signal } = context;
    const { imageId, memberId } = inputs;
    const members = membersOf(images);
    requireShared(images, await existingImage(images, imageId, { signal }));
    const member = await members.add(imageId, memberId, { signal });
    return { id: membershipId(inputs), state: { ...inputs, ...memberOutputs(member) } };
  },

  async read(id, { state }, context) {
    const membership = membershipOf(id);
    const { images } = await context.connect(state);
    const member = await findMember(images, membership, context);
    if (!member) return undefined;
    const inputs = { ...membership, ...placeOf(state) };
    return { inputs, state: { ...inputs, ...memberOutputs(member) } };
  },

  /** Only the API to speak changes in place. */
  async update(_id, { state }, inputs) {
    const { api: _old, ...rest } = state;
    return { ...rest, ...inputs };
  },

  async delete(id, state, context) {
    const { imageId, memberId } = membershipOf(id);
    const { images } = await context.connect(state);
    const { signal } = context;
    try {
      await membersOf(images).remove(imageId, memberId, { signal });
    } catch (error) {
      // The members of an image that is not shared are out of reach, and would be there again once it is.
      const image = hasStatus(error, 403) ? await images.get(imageId, { signal }) : undefined;
      if (image) requireShared(images, image);
      throw error;
    }
  },
};
