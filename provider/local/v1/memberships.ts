import { refuse } from "../v2/refusal";
import { quoted } from "./registry";

/** A project that an image is to be shared with. */
export interface Membership {
  projectId: string;
  /** Whether it may share the image further; undefined to leave that as it is. */
  canShare: boolean | undefined;
}

/**
 * The members that `{"memberships": [{"member_id": "…", "can_share": true}]}` names. Throws 400 in Python's words, and an error that is
 * answered with 500 (glance/registry/api/v1/members.py, update_all).
 */
export function memberships(body: object): Membership[] {
  const named = wantedOf(body).map(membership);
  return [...new Map(named.map((membership) => [membership.projectId, membership])).values()];
}

/** `{"member": {"can_share": true}}`; whatever else is in it is overlooked. Throws an error that is answered with 500. */
export function canShareOf(body: object): boolean | undefined {
  if (!("member" in body)) return undefined;
  const { member } = body;
  if (typeof member === "string") return undefined;
  if (typeof member !== "object" || member === null) throw new TypeError("a member that holds nothing");
  return "can_share" in member ? isTruthy(member.can_share) : undefined;
}

/** A body without the list is refused as if a membership had no member. */
function wantedOf(body: object): unknown[] {
  if (Array.isArray(body)) throw new TypeError("a list instead of an object");
  const wanted = "memberships" in body ? body.memberships : [{}];
  if (Array.isArray(wanted)) return wanted;
  if (typeof wanted === "object" && wanted !== null) return Object.keys(wanted);
  throw new TypeError("memberships that are no list");
}

function membership(wanted: unknown): Membership {
  if (typeof wanted !== "object" || wanted === null) throw invalid("string indices must be integers");
  if (!("member_id" in wanted)) throw invalid("'member_id'");
  if (typeof wanted.member_id !== "string") throw new TypeError("a member that cannot be stored");
  const canShare = "can_share" in wanted ? isTruthy(wanted.can_share) : undefined;
  return { projectId: wanted.member_id, canShare };
}

const invalid = (reason: string) => quoted(400, refuse(400, `Invalid membership association: ${reason}`));

/** Whether Python takes a JSON value for true. */
function isTruthy(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}
