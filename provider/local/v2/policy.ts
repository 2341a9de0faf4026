import type { Caller } from "../store/caller";
import type { Image } from "../store/image";
import { memberOf, owns } from "../store/visibility";
import { Refusal, refuse } from "./refusal";

type Rule = (caller: Caller, image: Image | undefined) => boolean;

const has = (caller: Caller, role: string) => caller.roles.includes(role);
const isOwner = (caller: Caller, image: Image | undefined) => image !== undefined && owns(caller, image);
const isMember = (caller: Caller, image: Image | undefined) =>
  image !== undefined && memberOf(image, caller) !== undefined;
const isOpen = (image: Image | undefined) => image !== undefined && image.visibility !== "private";
const isReachable = (caller: Caller, image: Image | undefined) =>
  isOwner(caller, image) || isMember(caller, image) || isOpen(image);

const administrators: Rule = () => false;
const ownersMembers: Rule = (caller, image) => has(caller, "member") && isOwner(caller, image);
const sharers: Rule = (caller, image) => has(caller, "reader") && (isOwner(caller, image) || isMember(caller, image));

/** Who may do what beside administrators: the defaults of glance/policies, with secure RBAC. */
const rules = {
  get_image: (caller, image) => has(caller, "reader") && isReachable(caller, image),
  get_images: (caller) => has(caller, "reader"),
  download_image: (caller, image) => has(caller, "member") && isReachable(caller, image),
  delete_image: ownersMembers,
  modify_image: ownersMembers,
  upload_image: ownersMembers,
  deactivate: ownersMembers,
  reactivate: ownersMembers,
  communitize_image: ownersMembers,
  set_image_location: ownersMembers,
  publicize_image: administrators,
  copy_image: administrators,
  delete_image_location: administrators,
  get_image_location: (caller, image) => has(caller, "reader") && isOwner(caller, image),
  add_member: ownersMembers,
  delete_member: ownersMembers,
  get_member: sharers,
  get_members: sharers,
  modify_member: (caller, image) => has(caller, "member") && isMember(caller, image),
  tasks_api_access: administrators,
  stores_info_detail: (caller) => has(caller, "service"),
} satisfies Record<string, Rule>;

export type Action = keyof typeof rules;

/** A token without a project may do nothing. */
export function isAllowed(action: Action, caller: Caller, image?: Image): boolean {
  return caller.projectId !== null && (caller.isAdmin || rules[action](caller, image));
}

export const denied = (action: string) => refuse(403, `You are not authorized to complete ${action} action.`);

/** Throws 403, or 404 where the caller must not even know of the image. */
export function requireAllowed(action: Action, caller: Caller, image?: Image): void {
  if (isAllowed(action, caller, image)) return;
  const isSecret = image !== undefined && !isAllowed("get_image", caller, image);
  throw isSecret ? new Refusal(404) : denied(action);
}

/** Throws 403 where the caller may not give an image this visibility. */
export function requireVisibility(visibility: unknown, caller: Caller, image: Image): void {
  if (visibility === "public") requireAllowed("publicize_image", caller, image);
  if (visibility === "community") requireAllowed("communitize_image", caller, image);
}

/** Throws 403 where the caller may not create an image for this owner. */
export function requireCreator(caller: Caller, owner: string | null): void {
  const { projectId, isAdmin } = caller;
  if (projectId !== null && (isAdmin || (has(caller, "member") && owner === projectId))) return;
  if (owner === projectId) throw denied("add_image");
  throw new Refusal(403, { detail: `You are not permitted to create images owned by '${owner ?? "None"}'` });
}
