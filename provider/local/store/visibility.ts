import type { Caller } from "./caller";
import type { Image, Member, MemberStatus, Visibility } from "./image";

/** Whether an image exists for the caller. Members see a shared image before they accept it, too. */
export function isVisible(image: Image, caller: Caller): boolean {
  if (caller.isAdmin || image.owner === null || owns(caller, image)) return true;
  if (image.visibility === "public" || image.visibility === "community") return true;
  return image.visibility === "shared" && memberOf(image, caller) !== undefined;
}

export const owns = (caller: Caller, image: Image): boolean =>
  caller.projectId !== null && image.owner === caller.projectId;

/** The caller's own membership. */
export const memberOf = (image: Image, caller: Caller) =>
  image.members.find(({ projectId }) => projectId === caller.projectId);

/** Members of an image that the caller may know of: everybody but the owner and administrators sees only themselves. */
export const visibleMembers = (image: Image, caller: Caller): readonly Member[] =>
  caller.isAdmin || owns(caller, image)
    ? image.members
    : image.members.filter(({ projectId }) => projectId === caller.projectId);

/** Whose images a list shows, before any other filter. */
export interface Audience {
  caller: Caller;
  /** `all` for every visibility; undefined for what concerns the caller: no community images of others. */
  visibility: Visibility | "all" | undefined;
  /** Which memberships let a shared image in. */
  memberStatus: MemberStatus | "all";
}

/** Whether a list shows an image to this audience, as glance/db/sqlalchemy/api.py selects it. */
export function isListed(image: Image, { caller, visibility, memberStatus }: Audience): boolean {
  if (!caller.isAdmin && !concerns(image, caller, memberStatus)) return false;
  if (visibility === undefined) return image.visibility !== "community" || owns(caller, image);
  return visibility === "all" || image.visibility === visibility;
}

function concerns(image: Image, caller: Caller, memberStatus: MemberStatus | "all"): boolean {
  if (image.visibility === "public" || image.visibility === "community" || owns(caller, image)) return true;
  const member = image.visibility === "shared" ? memberOf(image, caller) : undefined;
  return member !== undefined && (memberStatus === "all" || member.status === memberStatus);
}
