import type { CallOptions } from "./callOptions";

/** Image API v2, "Image member statuses". Where the API knows none (v1), every member has accepted. */
export type MemberStatus = "pending" | "accepted" | "rejected";

/** A project that an image is shared with. */
export interface Member {
  imageId: string;
  /** Id of the project. */
  memberId: string;
  status: MemberStatus;
  /** RFC 3339, UTC; undefined where the API does not say. */
  createdAt: string | undefined;
  updatedAt: string | undefined;
}

/** Sharing of images with projects. */
export interface MemberApi {
  list(imageId: string, options?: CallOptions): Promise<Member[]>;
  /** `undefined` only when the image or the member definitely does not exist. */
  get(imageId: string, memberId: string, options?: CallOptions): Promise<Member | undefined>;
  /** One that is a member already stays as it is. */
  add(imageId: string, memberId: string, options?: CallOptions): Promise<Member>;
  /** Only the member itself may do this. */
  setStatus(imageId: string, memberId: string, status: MemberStatus, options?: CallOptions): Promise<Member>;
  /** False when it was no member any more. */
  remove(imageId: string, memberId: string, options?: CallOptions): Promise<boolean>;
}
