import type { Caller } from "../../store/caller";
import { Fault } from "../../store/fault";
import type { Image } from "../../store/image";
import { page } from "../../store/page";
import type { Store } from "../../store/store";
import { isListed, isVisible } from "../../store/visibility";
import { refuse } from "../refusal";
import type { ListRequest } from "./request";

/** One page of the images that a list request selects. Throws 400 and 403 for the marker. */
export function selectImages(store: Store, caller: Caller, request: ListRequest): Image[] {
  const { audience, filters, order, marker, limit } = request;
  const images = store.existing().filter((image) => isListed(image, { caller, ...audience }));
  const selected = images.filter((image) => filters.every((filter) => filter(image)));
  return page(selected, order, { marker: markerImage(store, caller, marker), limit });
}

function markerImage(store: Store, caller: Caller, id: string | undefined): Image | undefined {
  if (id === undefined) return undefined;
  if (!store.exists(id)) throw new Fault("invalid", `No image found with ID ${id}`);
  const image = store.image(id);
  if (!isVisible(image, caller)) throw invisible(id);
  return image;
}

/** Throws what an image is refused with that exists and that the caller does not see. */
export const invisible = (id: string) => refuse(403, `Forbidding request, image ${id} not visible`);
