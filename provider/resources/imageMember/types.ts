import type { MemberStatus } from "../../glance/members";
import type { PlaceInputs } from "../placeInputs";

/**
 * Inputs of a member, as the owner of the image declares it. An image whose `members` are declared on the `Image` itself has
 * no others: declare an image's members there or as `ImageMember`, never both.
 */
export interface ImageMemberInputs extends PlaceInputs {
  /**
   * Id of the image, whose visibility must be `shared` (v1: `private`). It is never changed by sharing.
   * @replace
   */
  imageId: string;
  /**
   * Id of the project to share the image with. The image service does not check that there is one.
   * @replace
   */
  memberId: string;
}

/** What is known of a member beside its inputs. */
export interface ImageMemberOutputs {
  /** What the project answered: `pending`, `accepted` or `rejected`. */
  status: MemberStatus;
  /** When the image was shared with the project, RFC 3339 in UTC; absent where the image API does not say. */
  createdAt?: string;
  /** When the project last answered, RFC 3339 in UTC; absent where the image API does not say. */
  updatedAt?: string;
}

/** Inputs and outputs. */
export type ImageMemberState = ImageMemberInputs & ImageMemberOutputs;
