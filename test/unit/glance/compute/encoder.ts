import type { GlanceImage } from "../../../../provider/glance/api";

/** How Nova writes an image in JSON: the opposite of the decoder, kept apart from it on purpose. */
export function toJson(image: GlanceImage): Record<string, unknown> {
  const { id, name, minDisk, minRam, progress, properties, unknown, file, serverId } = image;
  return {
    id,
    name,
    minDisk,
    minRam,
    progress,
    status: words[image.status],
    created: image.createdAt,
    updated: image.updatedAt,
    metadata: Object.fromEntries([...Object.entries(properties), ...Object.entries(unknown)]),
    "OS-EXT-IMG-SIZE:size": image.size ?? 0,
    links: [{ rel: "alternate", href: file }],
    ...(serverId !== undefined && { server: { id: serverId, links: [] } }),
  };
}

const words: Record<string, string> = {
  active: "ACTIVE",
  queued: "SAVING",
  saving: "SAVING",
  killed: "ERROR",
  deleted: "DELETED",
  unknown: "UNKNOWN",
};

/** How XML may be written: what means nothing varies. */
export interface Manner {
  /** Prefixes of the namespaces; an empty one makes the Compute API's the default. */
  compute: string;
  atom: string;
  size: string;
  /** Whether attributes and children come the other way round. */
  reversed: boolean;
  quote: '"' | "'";
  /** Between children. */
  space: string;
  /** Whether text is written as CDATA where it can be. */
  cdata: boolean;
}

/** A list of images as Nova wrote it up to Juno, in some manner. */
export function toXml(images: readonly GlanceImage[], manner: Manner): string {
  const { element } = writer(manner);
  const { compute, atom, size } = manner;
  const namespaces = {
    [compute === "" ? "xmlns" : `xmlns:${compute}`]: "http://docs.openstack.org/compute/api/v1.1",
    [`xmlns:${atom}`]: "http://www.w3.org/2005/Atom",
    [`xmlns:${size}`]: "http://docs.openstack.org/compute/ext/image_size/api/v1.1",
  };
  const items = images.map((image) => imageElement(image, manner));
  return `<?xml version="1.0" encoding="UTF-8"?>${element(named(compute, "images"), namespaces, items)}`;
}

function imageElement(image: GlanceImage, manner: Manner): string {
  const { element, text } = writer(manner);
  const { metadata, links, server, "OS-EXT-IMG-SIZE:size": size, name, ...attributes } = toJson(image);
  const meta = Object.entries(metadata as object).map(([key, value]) =>
    element(named(manner.compute, "meta"), { key }, [text(String(value))], ""),
  );
  const children = [
    element(named(manner.compute, "metadata"), {}, meta),
    ...(links as object[]).map((link) => element(named(manner.atom, "link"), link)),
    ...(server ? [element(named(manner.compute, "server"), { id: (server as { id: string }).id })] : []),
  ];
  const all = { ...attributes, ...(name !== null && { name }), [named(manner.size, "size")]: size };
  return element(named(manner.compute, "image"), all, children);
}

function writer({ reversed, quote, space, cdata }: Manner) {
  const inOrder = <T>(list: readonly T[]) => (reversed ? list.toReversed() : [...list]);
  const escaped = (value: string) =>
    value.replace(/[&<>"'\t\n\r]/g, (character) => `&#x${character.charCodeAt(0).toString(16)};`);
  return {
    text: (value: string) => (cdata && !/]]>|\r/.test(value) ? `<![CDATA[${value}]]>` : escaped(value)),
    element(name: string, attributes: object, children: readonly string[] = [], between = space): string {
      const said = Object.entries(attributes).filter(([, value]) => value !== undefined);
      const written = inOrder(said).map(([key, value]) => ` ${key}=${quote}${escaped(String(value))}${quote}`);
      const content = inOrder(children).map((child) => between + child);
      return `<${name}${written.join("")}>${content.join("")}${between}</${name}>`;
    },
  };
}

const named = (prefix: string, name: string) => (prefix === "" ? name : `${prefix}:${name}`);
