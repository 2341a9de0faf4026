import { XMLBuilder } from "fast-xml-parser";
import type { FaultDocument } from "../fault";
import { type BriefImage, type DetailedImage, type Link, type Metadata, metadataText } from "../view";

/** An element: attributes begin with `@`, the text is `#text`, all else is children. */
export interface Xml {
  [part: string]: string | Xml | Xml[];
}

const compute = { "@xmlns": "http://docs.openstack.org/compute/api/v1.1" };

/** Namespaces of the root of images. */
const namespaces = {
  ...compute,
  "@xmlns:atom": "http://www.w3.org/2005/Atom",
  "@xmlns:OS-EXT-IMG-SIZE": "http://docs.openstack.org/compute/ext/image_size/api/v1.1",
  "@xmlns:OS-DCF": "http://docs.openstack.org/compute/ext/disk_config/api/v1.1",
};

// The elements of Nova up to Juno (nova/api/openstack/compute/images.py of Icehouse).

/** The brief list; the link to the next page stands beside the images. */
export const briefListXml = ({ images, images_links = [] }: { images: BriefImage[]; images_links?: Link[] }): Xml => ({
  images: { ...namespaces, image: images.map(briefElement), "atom:link": images_links.map(attributes) },
});

/** The detailed list, which has no link to the next page. */
export const detailedListXml = ({ images }: { images: DetailedImage[] }): Xml => ({
  images: { ...namespaces, image: images.map(detailedElement) },
});

export const imageXml = ({ image }: { image: DetailedImage }): Xml => ({
  image: { ...namespaces, ...detailedElement(image) },
});

export const metadataXml = ({ metadata }: { metadata: Metadata }): Xml => ({
  metadata: { ...compute, ...metadataElement(metadata) },
});

/** One property as `<meta key="name">value</meta>`. */
export const metaXml = ({ meta }: { meta: Metadata }): Xml => ({
  meta: { ...compute, ...metaElements(meta)[0] },
});

/** A fault; its code and, as the rate limiter writes it, the time to wait are attributes. */
export const faultXml = (document: FaultDocument): Xml =>
  Object.fromEntries(
    Object.entries(document).map(([name, { message, details, ...others }]) => {
      const more = details === undefined ? {} : { details: { "#text": details } };
      return [name, { ...compute, ...attributes(others), message: { "#text": message }, ...more }];
    }),
  );

const briefElement = ({ id, name, links }: BriefImage): Xml => ({
  ...attributes({ id, name }),
  ...linkElements(links),
});

function detailedElement(image: DetailedImage): Xml {
  const { links, metadata, server, ...values } = image;
  return {
    ...attributes(values),
    ...(server === undefined ? {} : { server: { ...attributes({ id: server.id }), ...linkElements(server.links) } }),
    metadata: metadataElement(metadata),
    ...linkElements(links),
  };
}

const metadataElement = (metadata: Metadata): Xml => ({ meta: metaElements(metadata) });

const metaElements = (metadata: Metadata): Xml[] =>
  Object.entries(metadata).map(([key, value]) => ({ ...attributes({ key }), "#text": metadataText(value) }));

const linkElements = (links: readonly Link[]): Xml => ({ "atom:link": links.map(attributes) });

/** Attributes without those that have no value. */
const attributes = (values: object): Xml =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [[`@${name}`, String(value)]],
    ),
  );

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
  // The builder's own escapes lose line ends and tabs.
  processEntities: false,
  attributeValueProcessor: (_name, value) => escaped(String(value)),
  tagValueProcessor: (_name, value) => escaped(String(value)),
});

/** The text of a document. Throws where a value has a character that XML cannot express. */
export const xmlText = (root: Xml): string =>
  builder.build({ "?xml": { "@version": "1.0", "@encoding": "UTF-8" }, ...root });

function escaped(text: string): string {
  if (inexpressible.test(text)) throw new TypeError("a character that XML cannot express");
  return text.replace(/[&<>"\t\n\r]/g, (character) => references[character] ?? `&#${character.charCodeAt(0)};`);
}

const references: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Control characters, halves of surrogate pairs and the two that are no characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
const inexpressible = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/u;
