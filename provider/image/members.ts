import type { ImageApi } from "../glance/api";
import type { GlanceImage } from "../glance/image";
import { isShared, membersOf, requireShared } from "../glance/sharing";

/** Ids of the projects that an image shall be shared with: these and no others, or these no more. */
export type MemberChanges = { only: readonly string[] } | { without: readonly string[] };

/** Changes the members of an image and nothing else; never its visibility. */
export async function share(
  api: ImageApi,
  image: GlanceImage,
  changes: MemberChanges | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (!changes) return;
  const members = membersOf(api);
  if ("without" in changes) {
    // An image that is not shared is shared with nobody.
    if (!isShared(api, image)) return;
    for (const member of changes.without) await members.remove(image.id, member, { signal });
    return;
  }
  requireShared(api, image);
  const present = new Set((await members.list(image.id, { signal })).map(({ memberId }) => memberId));
  const wanted = new Set(changes.only);
  // First, so that the new members fit in the quota that the old ones leave.
  for (const member of present) if (!wanted.has(member)) await members.remove(image.id, member, { signal });
  for (const member of wanted) if (!present.has(member)) await members.add(image.id, member, { signal });
}

/** True where the image is shared and the new visibility ends that, after which nobody can remove its members. */
export function endsSharing(api: ImageApi, image: GlanceImage, visibility: GlanceImage["visibility"]): boolean {
  return isShared(api, image) && visibility !== undefined && !isShared(api, { visibility });
}
