import type { GlanceImage, ImageStatus, Visibility } from "../api";
import {
  asBoolean,
  asInteger,
  asObject,
  asString,
  asTime,
  type Decode,
  type JsonObject,
  member,
  nullable,
  record,
  withDefault,
} from "../coerce";
import { copyTask } from "../copying";
import { blankImage } from "../image";

/**
 * An image of a list or of an answer to a change. Image API v1, "List images with details"; brief lists, and the headers of an
 * image, leave out whatever they do not know, and write numbers and flags as text.
 */
export const decodeImage: Decode<GlanceImage> = (body, where) => {
  const image = asObject(body, where);
  const get = <T>(name: string, decode: Decode<T>) => member(image, name, said(decode), where);
  const status = statusOf(get("status", asString));
  const checksum = get("checksum", asString);
  const size = get("size", asInteger);
  const custom = member(image, "properties", withDefault(asObject, {}), where);
  const { properties, unknown } = splitCustom(custom);
  return {
    ...blankImage(member(image, "id", asString, where)),
    name: get("name", asString),
    status,
    visibility: visibilityOf(get("is_public", asFlag)),
    protected: get("protected", asFlag) ?? false,
    owner: get("owner", asString),
    diskFormat: get("disk_format", asString),
    containerFormat: get("container_format", asString),
    minDisk: get("min_disk", asInteger) ?? 0,
    minRam: get("min_ram", asInteger) ?? 0,
    // Without data it is 0.
    size: size === 0 && status !== "active" ? null : size,
    virtualSize: get("virtual_size", asInteger) ?? virtualSizeIn(properties),
    checksum,
    createdAt: get("created_at", asTime) ?? undefined,
    updatedAt: get("updated_at", asTime) ?? undefined,
    deletedAt: get("deleted_at", asTime) ?? undefined,
    properties,
    unknown,
    serverId: properties.instance_uuid || undefined,
    // The size of a source is known before its copy begins.
    import: {
      task: status === "queued" && size && !checksum ? copyTask : undefined,
      importingTo: [],
      failedStores: [],
    },
  };
};

/** Whether an administrator sees the image after its end. */
export const asDeleted: Decode<boolean> = (body, where) =>
  member(asObject(body, where), "deleted", said(asFlag), where) ?? false;

/** Nothing is said by null, by what is missing, and by an empty text. */
function said<T>(decode: Decode<T>): Decode<T | null> {
  return (value, where) => (value === "" ? null : nullable(decode)(value, where));
}

const flags: ReadonlyMap<string, boolean> = new Map([
  ...["1", "yes", "on"].map((word) => [word, true] as const),
  ...["0", "no", "off"].map((word) => [word, false] as const),
]);

/** Also as the words and figures that Python's services take for flags (oslo_utils, `bool_from_string`). */
const asFlag: Decode<boolean> = (value, where) =>
  asBoolean(isScalar(value) ? (flags.get(String(value).toLowerCase()) ?? value) : value, where);

const isScalar = (value: unknown) => typeof value === "string" || typeof value === "number";

const otherWords: ReadonlyMap<string, ImageStatus> = new Map([
  ["pending", "queued"],
  ["available", "active"],
]);

/** Platform9 and clouds before Glance have words of their own for two statuses. */
function statusOf(status: string | null): ImageStatus {
  const word = status?.toLowerCase() ?? "unknown";
  return otherWords.get(word) ?? word;
}

function visibilityOf(isPublic: boolean | null): Visibility | undefined {
  if (isPublic === null) return undefined;
  return isPublic ? "public" : "private";
}

/** Where the attribute is missing, Platform9 keeps the size of the disk inside in a property. */
function virtualSizeIn({ pf9_virtual_size: size = "" }: Readonly<Record<string, string>>): number | null {
  return /^\d{1,15}$/.test(size) ? Number(size) : null;
}

/** A property of value null is one that was emptied. */
function splitCustom(custom: JsonObject): Pick<GlanceImage, "properties" | "unknown"> {
  const entries = Object.entries(custom).filter(([, value]) => value !== null);
  return {
    properties: record(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string")),
    unknown: record(entries.filter(([, value]) => typeof value !== "string")),
  };
}
