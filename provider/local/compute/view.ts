import type { Image, ImageStatus } from "../store/image";
import { isHidden } from "../v2/names";
import { repr } from "../v2/schema/python";

/** A reference to something. */
export interface Link {
  rel: string;
  type?: string;
  href: string;
}

/** An image as the brief list shows it. */
export interface BriefImage {
  id: string;
  name: string | null;
  links: Link[];
}

/** Custom properties as the compute service shows them. */
export type Metadata = Record<string, unknown>;

/** An image as the other calls show it. */
export interface DetailedImage extends BriefImage {
  /** MiB. */
  minRam: number;
  /** GiB. */
  minDisk: number;
  metadata: Metadata;
  created: string;
  updated: string;
  status: string;
  /** Percent. */
  progress: number;
  /** Bytes; 0 when unknown. */
  "OS-EXT-IMG-SIZE:size"?: number;
  /** The server of which this is a snapshot. */
  server?: { id: string; links: Link[] };
  "OS-DCF:diskConfig"?: "AUTO" | "MANUAL";
}

/** The addresses below which links point. */
export interface Places {
  /** The generation that was asked, with the project if the request named it. */
  self: string;
  /** The same without the generation. */
  bookmark: string;
  /** The image service. */
  glance: string;
}

export const briefView = ({ id, name }: Image, places: Places): BriefImage => ({
  id,
  name,
  links: imageLinks(id, places),
});

/** An image by itself (Compute API, Show image details; nova/api/openstack/compute/views/images.py). */
export function detailedView(image: Image, places: Places): DetailedImage {
  const { id, name, minRam, minDisk, properties } = image;
  const server = properties.get("instance_uuid");
  const disk = properties.get("auto_disk_config");
  return {
    id,
    name,
    minRam,
    minDisk,
    metadata: metadataOf(image),
    created: seconds(image.createdAt),
    updated: seconds(image.updatedAt),
    ...(states[image.status] ?? { status: "UNKNOWN", progress: 0 }),
    "OS-EXT-IMG-SIZE:size": image.size ?? 0,
    links: imageLinks(id, places),
    ...(server === undefined ? {} : { server: { id: server, links: twoLinks(`servers/${server}`, places) } }),
    ...(disk === undefined ? {} : { "OS-DCF:diskConfig": isTrue(disk) ? "AUTO" : "MANUAL" }),
  };
}

/** The few words for the status, and how far the image is. */
const states: Partial<Record<ImageStatus, { status: string; progress: number }>> = {
  active: { status: "ACTIVE", progress: 100 },
  queued: { status: "SAVING", progress: 25 },
  saving: { status: "SAVING", progress: 50 },
  deleted: { status: "DELETED", progress: 0 },
  pending_delete: { status: "DELETED", progress: 0 },
  killed: { status: "ERROR", progress: 0 },
};

/** The properties that Nova keeps in Glance as JSON, because they are lists (nova/image/glance.py). */
const encoded = ["block_device_mapping", "mappings"];

/** The custom properties of an image. */
export const metadataOf = ({ properties }: Image): Metadata =>
  Object.fromEntries(
    [...properties]
      .filter(([name]) => !isHidden(name))
      .map(([name, value]) => [name, encoded.includes(name) ? decoded(value) : value]),
  );

function decoded(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A value of metadata where only text may stand: Python's notation, in which null is `None`. */
export const metadataText = (value: unknown): string => (typeof value === "string" ? value : repr(value));

/** A stored time in whole seconds, UTC. */
const seconds = (time: string) => `${time.slice(0, 19)}Z`;

const isTrue = (text: string) => ["1", "t", "true", "on", "y", "yes"].includes(text.trim().toLowerCase());

const twoLinks = (path: string, { self, bookmark }: Places): Link[] => [
  { rel: "self", href: `${self}/${path}` },
  { rel: "bookmark", href: `${bookmark}/${path}` },
];

const imageLinks = (id: string, places: Places): Link[] => [
  ...twoLinks(`images/${id}`, places),
  { rel: "alternate", type: "application/vnd.openstack.image", href: `${places.glance}/images/${id}` },
];
