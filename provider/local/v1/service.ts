import type { Caller } from "../store/caller";
import type { Image } from "../store/image";
import type { Store } from "../store/store";
import { isVisible } from "../store/visibility";
import { Refusal, refuseInDetail } from "../v2/refusal";
import type { ImageService } from "../v2/service";
import type { Variant } from "./variant";

/** What the routes of the Image API v1 work with. */
export interface ImageServiceV1 extends ImageService {
  variant: Variant;
  /** Tells that the server closes, which waits for all answers. */
  closing: AbortSignal;
}

/** An image that the caller may know of; administrators know of deleted ones, too. Throws 404. */
export function imageOr404(store: Store, caller: Caller, id: string): Image {
  const image = store.record(id);
  const exists = image !== undefined && (image.deletedAt === null || caller.isAdmin);
  if (exists && isVisible(image, caller)) return image;
  throw refuseInDetail(404, `Image with identifier ${id} not found`);
}

/** Throws 403 where only administrators may make an image public. */
export function requirePublisher(isPublic: boolean | undefined, { isAdmin }: Caller): void {
  if (isPublic === true && !isAdmin) throw new Refusal(403);
}
