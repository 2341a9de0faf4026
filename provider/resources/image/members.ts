import { isDeepStrictEqual } from "node:util";
import type { ImageApi } from "../../glance/api";
import type { GlanceImage } from "../../glance/image";
import { isShared, membersOf } from "../../glance/sharing";
import type { ResourceContext } from "../resource";
import type { ImageInputs } from "./types";

type Members = Pick<ImageInputs, "members">;

/** The members of an image where the program declares them, in its order if they are the same; otherwise nobody asks. */
export async function membersAsRead(
  images: ImageApi,
  image: GlanceImage,
  { members: declared }: Members,
  { signal }: Pick<ResourceContext, "signal">,
): Promise<Members> {
  if (!declared) return {};
  if (!isShared(images, image)) return { members: [] };
  const members = (await membersOf(images).list(image.id, { signal })).map(({ memberId }) => memberId).sort();
  return { members: isDeepStrictEqual(new Set(members), new Set(declared)) ? declared : members };
}
