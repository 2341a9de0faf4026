import type { GlanceImage, ImageStatus } from "../api";
import {
  asInteger,
  asObject,
  asString,
  asTime,
  type Decode,
  type JsonObject,
  listOf,
  member,
  nullable,
  record,
  withDefault,
} from "../coerce";
import { blankImage } from "../image";

/** Compute API, "List images", "List images with details" and "Show image details". Brief lists tell no more than id, name and links. */
export const decodeImage: Decode<GlanceImage> = (body, where) => {
  const image = asObject(body, where);
  const get = <T>(name: string, decode: Decode<T>) => member(image, name, decode, where);
  const progress = get("progress", nullable(asInteger)) ?? undefined;
  const status = statusOf(get("status", nullable(asString)), progress);
  const size = get("OS-EXT-IMG-SIZE:size", nullable(asInteger));
  const { properties, unknown } = splitMetadata(get("metadata", withDefault(asObject, {})));
  return {
    ...blankImage(get("id", asString)),
    name: get("name", nullable(asString)),
    status,
    progress,
    minDisk: get("minDisk", withDefault(asInteger, 0)),
    minRam: get("minRam", withDefault(asInteger, 0)),
    // Without data, or where it is not known, it is 0.
    size: size === 0 && status !== "active" ? null : size,
    createdAt: get("created", nullable(asTime)) ?? undefined,
    updatedAt: get("updated", nullable(asTime)) ?? undefined,
    properties,
    unknown,
    file: alternateIn(get("links", withDefault(listOf(asObject), []))),
    serverId: get("server", nullable(decodeId)) ?? undefined,
  };
};

const decodeId: Decode<string> = (body, where) => member(asObject(body, where), "id", asString, where);

/** nova/api/openstack/compute/views/images.py, `_get_status`: several statuses of an image become one word. */
const statuses: ReadonlyMap<string, ImageStatus> = new Map([
  ["ERROR", "killed"],
  ["SAVING", "saving"],
]);

/** nova/api/openstack/compute/views/images.py, `_get_progress`. */
const progressOfQueued = 25;

function statusOf(word: string | null, progress: number | undefined): ImageStatus {
  const upper = word?.toUpperCase() ?? "UNKNOWN";
  if (upper === "SAVING" && progress === progressOfQueued) return "queued";
  return statuses.get(upper) ?? upper.toLowerCase();
}

/** A property of value null is none. Nova shows lists and objects where it keeps JSON in a property. */
function splitMetadata(metadata: JsonObject): Pick<GlanceImage, "properties" | "unknown"> {
  const entries = Object.entries(metadata).filter(([, value]) => value !== null);
  return {
    properties: record(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string")),
    unknown: record(entries.filter(([, value]) => typeof value !== "string")),
  };
}

/** The URL of the image in the image service. */
function alternateIn(links: readonly JsonObject[]): string | undefined {
  const href = links.find(({ rel }) => rel === "alternate")?.href;
  return typeof href === "string" ? href : undefined;
}
