import type { z } from "zod";
import type { ImageApi } from "../glance/api";
import type { Member } from "../glance/members";
import { membersOf, requireShared } from "../glance/sharing";
import { GlanceError } from "../http/errors";
import { capabilitiesAt, notEmpty } from "./place";
import type { PlaceInputs } from "./placeInputs";
import type { CheckFailure, ResourceContext } from "./resource";
import type { Previewed } from "./unknown";

/** An image and a project that it is shared with. */
export interface Membership {
  imageId: string;
  memberId: string;
}

/** An id that is one step of a path. */
const step = (what: string) =>
  notEmpty.regex(/^(?!\.{1,2}$)[^/]*$/, {
    error: `is the id of ${what}, which has no "/" and is neither "." nor ".."`,
  });

/** The id of a project that images are shared with. */
export const memberId = step("a project").max(255, { error: "must have at most 255 characters" });

export const membershipShape = { imageId: step("an image"), memberId } satisfies {
  [K in keyof Membership]: z.ZodType<string>;
};

/** The id of a membership, also of the member's answer to it. */
export function membershipId({ imageId, memberId }: Membership): string {
  return `${imageId}/${memberId}`;
}

/** Throws CONFIG for what is no such id. */
export function membershipOf(id: string): Membership {
  const [imageId, memberId, ...rest] = id.split("/");
  if (imageId && memberId && rest.length === 0) return { imageId, memberId };
  throw new GlanceError({
    code: "CONFIG",
    message: `"${id}" is no id of a member`,
    hint: "Write the ids of the image and of the project as IMAGE/PROJECT",
  });
}

/** An API without members, where it is known which one it is. */
export function lacksMembers(inputs: Previewed<PlaceInputs>, context: ResourceContext): CheckFailure[] {
  const capabilities = capabilitiesAt(inputs, context);
  if (!capabilities || capabilities.sharedAs !== undefined) return [];
  return [{ property: "", reason: `${capabilities.title} does not share images with members` }];
}

/** `undefined` only when the image or the member definitely does not exist. Throws CONFLICT for an image that is not shared. */
export async function findMember(
  images: ImageApi,
  { imageId, memberId }: Membership,
  { signal }: Pick<ResourceContext, "signal">,
): Promise<Member | undefined> {
  const members = membersOf(images);
  const image = await images.get(imageId, { signal });
  if (!image) return undefined;
  requireShared(images, image);
  return members.get(imageId, memberId, { signal });
}

/** What is known of a member beside its inputs. */
export function memberOutputs({ status, createdAt, updatedAt }: Member) {
  return {
    status,
    ...(createdAt !== undefined && { createdAt }),
    ...(updatedAt !== undefined && { updatedAt }),
  };
}
