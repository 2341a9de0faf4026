import type { Caller } from "../store/caller";
import type { Image } from "../store/image";
import { page, type SortOrder } from "../store/page";
import type { Store } from "../store/store";
import { isListed, isVisible } from "../store/visibility";
import { refuse } from "../v2/refusal";
import { type ListQuery, listQuery } from "./query";
import { quoted } from "./registry";

/** The images of a list that `url` asks for, each as `dress` shows it (glance/registry/api/v1/images.py). Throws 400. */
export function listImages(store: Store, caller: Caller, url: string, dress: (image: Image) => Image): Image[] {
  const query = listQuery(url, caller);
  const marker = query.marker === undefined ? undefined : dress(markerImage(store, caller, query.marker, query));
  const universe = query.changesSince === undefined ? store.existing() : store.records();
  const images = universe.filter((image) => isOffered(image, caller, query)).map(dress);
  const selected = images.filter((image) => query.filters.every((filter) => filter(image)));
  return page(selected, orderOf(query), { marker, limit: query.limit });
}

/** Whether a list is about this image, before any filter: killed images are in a list of changes only. */
function isOffered(image: Image, caller: Caller, { isPublic, changesSince }: ListQuery): boolean {
  if (changesSince === undefined ? image.status === "killed" : image.updatedAt <= changesSince) return false;
  if (isPublic === false && image.visibility === "public") return false;
  // To administrators, "public" means what they would see if they were none.
  const seenBy = { ...caller, isAdmin: caller.isAdmin && isPublic !== true };
  return isListed(image, { caller: seenBy, visibility: undefined, memberStatus: "all" });
}

const orderOf = ({ sort: { key, direction } }: ListQuery): SortOrder[] => [
  { key, direction },
  ...(["createdAt", "id"] as const).filter((tie) => tie !== key).map((tie) => ({ key: tie, direction })),
];

function markerImage(store: Store, caller: Caller, id: string, { changesSince }: ListQuery): Image {
  const image = store.record(id);
  const isThere = image !== undefined && (image.deletedAt === null || changesSince !== undefined || caller.isAdmin);
  if (isThere && isVisible(image, caller)) return image;
  throw quoted(400, refuse(400, "Invalid marker. Image could not be found."));
}
