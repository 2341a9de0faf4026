import type { MemberStatus } from "../../glance/members";
import type { PlaceInputs } from "../placeInputs";

/**
 * Inputs of the answer of a project to an image that was shared with it. Only the project itself can answer, never the owner
 * of the image. Deleting the answer makes it `pending` again.
 */
export interface ImageMemberStatusInputs extends PlaceInputs {
  /**
   * Id of the image. Its owner must have shared it with the project before.
   * @replace
   */
  imageId: string;
  /** `accepted`: the project's lists show the image; `rejected` or `pending`: they leave it out. */
  status: MemberStatus;
  /**
   * Id of the project that answers. Default: the one that the credentials are for. Only administrators may name another.
   * @replace
   */
  memberId?: string;
}

/** What is known of an answer beside its inputs. */
export interface ImageMemberStatusOutputs {
  /** When the image was shared with the project, RFC 3339 in UTC; absent where the image API does not say. */
  createdAt?: string;
  /** When the project last answered, RFC 3339 in UTC; absent where the image API does not say. */
  updatedAt?: string;
}

/** Inputs and outputs. */
export type ImageMemberStatusState = ImageMemberStatusInputs &
  Required<Pick<ImageMemberStatusInputs, "memberId">> &
  ImageMemberStatusOutputs;
