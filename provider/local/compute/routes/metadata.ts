import { NovaFault } from "../fault";
import { showImage, updateImage } from "../glance";
import { metadataIn, metadataItemIn } from "../metadata";
import { operationsFor } from "../properties";
import { metadataOf } from "../view";
import { readMetadataXml, readMetaXml } from "../xml/read";
import { metadataXml, metaXml } from "../xml/write";
import { answer, type Call, type Exchange } from "./call";

const last = "2.38";
const all = "/images/:imageId/metadata";
const one = `${all}/:key`;

/** The custom properties of an image (Compute API, Image metadata; nova/api/openstack/compute/image_metadata.py). */
export const metadataCalls: readonly Call[] = [
  {
    method: "GET",
    path: all,
    last,
    handle: (exchange) => answer({ metadata: metadataOf(imageOf(exchange)) }, metadataXml),
  },
  {
    method: "POST",
    path: all,
    last,
    readXml: readMetadataXml,
    async handle(exchange) {
      const given = metadataIn(exchange.body, "metadata", exchange.isStrict);
      const image = await change(exchange, (present) => new Map([...present, ...given]));
      return answer({ metadata: metadataOf(image) }, metadataXml);
    },
  },
  {
    method: "PUT",
    path: all,
    last,
    readXml: readMetadataXml,
    async handle(exchange) {
      const given = metadataIn(exchange.body, "metadata", exchange.isStrict);
      await change(exchange, () => given);
      return answer({ metadata: Object.fromEntries(given) }, metadataXml);
    },
  },
  {
    method: "GET",
    path: one,
    last,
    handle(exchange) {
      const { key } = exchange;
      const metadata = metadataOf(imageOf(exchange));
      if (!Object.hasOwn(metadata, key)) throw new NovaFault(404, "The resource could not be found.");
      return answer({ meta: { [key]: metadata[key] } }, metaXml);
    },
  },
  {
    method: "PUT",
    path: one,
    last,
    readXml: readMetaXml,
    async handle(exchange) {
      const given = metadataItemIn(exchange.body, exchange.key, exchange.isStrict);
      await change(exchange, (present) => new Map([...present, given]));
      return answer({ meta: Object.fromEntries([given]) }, metaXml);
    },
  },
  {
    method: "DELETE",
    path: one,
    last,
    async handle(exchange) {
      await change(exchange, (present) => {
        if (!present.has(exchange.key)) throw new NovaFault(404, "Invalid metadata key");
        return new Map([...present].filter(([name]) => name !== exchange.key));
      });
      return undefined;
    },
  },
];

const imageOf = ({ store, caller, imageId }: Exchange) => showImage(store, caller, imageId);

type Properties = ReadonlyMap<string, string>;

/** Gives the image the properties that `wanted` makes of those it has. */
function change(exchange: Exchange, wanted: (present: Properties) => Properties) {
  const image = imageOf(exchange);
  return updateImage(exchange.store, exchange.caller, image, operationsFor(image, wanted(image.properties)));
}
