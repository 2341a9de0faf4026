import { GlanceError } from "../http/errors";
import type { ImageApi } from "./api";
import type { GlanceImage } from "./image";
import type { MemberApi } from "./members";

/** Throws UNSUPPORTED where images have no members. */
export function membersOf({ members, capabilities }: ImageApi): MemberApi {
  if (members) return members;
  throw new GlanceError({ code: "UNSUPPORTED", message: `${capabilities.title} does not share images with members` });
}

/** True where the image's members count; the image service neither shows nor changes those of others. */
export function isShared({ capabilities }: ImageApi, { visibility }: Pick<GlanceImage, "visibility">): boolean {
  return capabilities.sharedAs !== undefined && visibility === capabilities.sharedAs;
}

/** Throws CONFLICT for an image of another visibility than the one in which it has members. */
export function requireShared(images: ImageApi, image: Pick<GlanceImage, "id" | "visibility">): void {
  if (isShared(images, image)) return;
  const { sharedAs } = images.capabilities;
  throw new GlanceError({
    code: "CONFLICT",
    message: `Image ${image.id} is ${image.visibility}, and only ${sharedAs} images have members`,
    hint: `Set the image's visibility to ${sharedAs} first; remove its members before it becomes anything else`,
  });
}
