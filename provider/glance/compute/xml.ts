import { GlanceError } from "../../http/errors";
import { parseXml, type XmlElement } from "../../http/xml";
import { record } from "../coerce";

const compute = "http://docs.openstack.org/compute/api/v1.1";
const atom = "http://www.w3.org/2005/Atom";
const imageSize = "http://docs.openstack.org/compute/ext/image_size/api/v1.1";
const diskConfig = "http://docs.openstack.org/compute/ext/disk_config/api/v1.1";

/** Attributes of extensions, as the JSON calls them. */
const extensions: ReadonlyMap<string, string> = new Map([
  [`{${imageSize}}size`, "OS-EXT-IMG-SIZE:size"],
  [`{${diskConfig}}diskConfig`, "OS-DCF:diskConfig"],
]);

type Json = Record<string, unknown>;

/** What each document is in JSON, by its root (Compute API, XML up to Juno; nova/api/openstack/compute/images.py of Icehouse). */
const documents: Readonly<Record<string, (root: XmlElement) => Json>> = {
  images: (root) => ({ images: childrenOf(root, "image").map(imageOf) }),
  image: (root) => ({ image: imageOf(root) }),
  metadata: (root) => ({ metadata: metadataOf(root) }),
};

/** An answer of the Compute API in XML as its JSON would be, but for numbers, which stay text. Throws BAD_RESPONSE. */
export function readDocument(text: string): Json {
  const root = rootOf(text);
  const read = Object.hasOwn(documents, root.name) ? documents[root.name] : undefined;
  if (read && root.namespace === compute) return read(root);
  throw badResponse("is XML of another kind than the Compute API's");
}

function rootOf(text: string): XmlElement {
  try {
    return parseXml(text);
  } catch (error) {
    throw badResponse(`is not XML that can be read: ${(error as Error).message}`);
  }
}

function imageOf(image: XmlElement): Json {
  const [metadata] = childrenOf(image, "metadata");
  const [server] = childrenOf(image, "server");
  return {
    ...attributesOf(image),
    links: childrenOf(image, "link", atom).map(attributesOf),
    ...(metadata && { metadata: metadataOf(metadata) }),
    ...(server && { server: attributesOf(server) }),
  };
}

/** Ids of images, which are null in JSON where XML says `None`. Any other property may well be that word. */
const references: ReadonlySet<string> = new Set(["kernel_id", "ramdisk_id"]);

function metadataOf(metadata: XmlElement): Json {
  const entries = childrenOf(metadata, "meta").map(({ attributes, text }) => {
    const key = attributes.get("key") ?? "";
    return [key, references.has(key) && text === "None" ? null : text] as const;
  });
  return record<unknown>(entries);
}

function attributesOf({ attributes }: XmlElement): Json {
  return record<unknown>([...attributes].map(([name, value]) => [extensions.get(name) ?? name, value]));
}

function childrenOf({ children }: XmlElement, name: string, namespace = compute): XmlElement[] {
  return children.filter((child) => child.name === name && child.namespace === namespace);
}

function badResponse(what: string): GlanceError {
  return new GlanceError({
    code: "BAD_RESPONSE",
    message: `the answer ${what}`,
    hint: "Check that the URL is that of an OpenStack Compute service",
  });
}
