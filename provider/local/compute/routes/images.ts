import type { Image } from "../../store/image";
import { deleteImage, listImages, showImage } from "../glance";
import { listQuery } from "../query";
import { briefView, detailedView, type Places } from "../view";
import { briefListXml, detailedListXml, imageXml } from "../xml/write";
import { answer, type Call, type Exchange } from "./call";

const last = "2.35";

/** As many images as this get a link to the next page, whether or not there is a limit. */
const largestPage = 1000;

/** List, show and delete (Compute API, Images). */
export const imageCalls: readonly Call[] = [
  {
    method: "GET",
    path: "/images",
    last,
    handle: (exchange) => answer(list(exchange, "images", briefView), briefListXml),
  },
  {
    method: "GET",
    path: "/images/detail",
    last,
    handle: (exchange) => answer(list(exchange, "images/detail", detailedView), detailedListXml),
  },
  {
    method: "GET",
    path: "/images/:imageId",
    last,
    handle: ({ store, caller, imageId, places }) =>
      answer({ image: detailedView(showImage(store, caller, imageId), places) }, imageXml),
  },
  {
    method: "DELETE",
    path: "/images/:imageId",
    last,
    async handle({ store, caller, imageId }) {
      await deleteImage(store, caller, imageId);
      return undefined;
    },
  },
];

function list<View>(exchange: Exchange, path: string, view: (image: Image, places: Places) => View) {
  const { store, caller, url, places } = exchange;
  const query = listQuery(url);
  const found = listImages(store, caller, query);
  const images = found.map((image) => view(image, places));
  const marker = found.length === Math.min(query.limit ?? largestPage, largestPage) ? found.at(-1)?.id : undefined;
  if (marker === undefined) return { images };
  return { images, images_links: [{ rel: "next", href: `${places.self}/${path}?${query.next(marker)}` }] };
}
