import { reasonIn } from "../../http/reason";
import { cleanUrlsIn } from "../../http/redact";
import type { GlanceImage, ImageFields, ImageStatus, ImageTask, NewImage, Visibility } from "../api";
import { assertCustom, fields, isAttribute, writable } from "../attributes";
import {
  asBoolean,
  asCommaList,
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

const visibilities: ReadonlySet<unknown> = new Set<Visibility>(["public", "private", "shared", "community"]);

/**
 * Image API v2, "Show image": one flat object that mixes attributes and custom properties. Attributes that older servers
 * do not have get their defaults.
 */
export const decodeImage: Decode<GlanceImage> = (body, where) => {
  const image = asObject(body, where);
  const get = <T>(name: string, decode: Decode<T>) => member(image, name, decode, where);
  const text = (name: string) => get(name, nullable(asString));
  const commaList = (name: string) => get(name, withDefault(asCommaList, []));
  return {
    id: get("id", asString),
    name: text("name"),
    status: get("status", asString) as ImageStatus,
    progress: undefined,
    visibility: visibilities.has(image.visibility) ? (image.visibility as Visibility) : undefined,
    protected: get("protected", withDefault(asBoolean, false)),
    hidden: get("os_hidden", withDefault(asBoolean, false)),
    owner: text("owner"),
    diskFormat: text("disk_format"),
    containerFormat: text("container_format"),
    minDisk: get("min_disk", withDefault(asInteger, 0)),
    minRam: get("min_ram", withDefault(asInteger, 0)),
    size: get("size", nullable(asInteger)),
    virtualSize: get("virtual_size", nullable(asInteger)),
    checksum: text("checksum"),
    osHashAlgo: text("os_hash_algo"),
    osHashValue: text("os_hash_value"),
    createdAt: get("created_at", asTime),
    updatedAt: get("updated_at", asTime),
    deletedAt: undefined,
    tags: get("tags", withDefault(listOf(asString), [])),
    ...splitCustom(image),
    stores: commaList("stores"),
    directUrl: text("direct_url") ?? undefined,
    file: text("file") ?? undefined,
    copyFrom: undefined,
    serverId: serverIdOf(image),
    import: {
      task: text("os_glance_import_task") || undefined,
      importingTo: commaList("os_glance_importing_to_stores"),
      failedStores: commaList("os_glance_failed_import"),
    },
  };
};

/** Nova's name for the server that it made a snapshot of (nova/compute/utils.py, `create_image_metadata`). */
function serverIdOf({ instance_uuid: id }: JsonObject): string | undefined {
  return typeof id === "string" && id !== "" ? id : undefined;
}

/** Whatever is no attribute: strings are properties, anything else is of a newer server or an operator's own schema. */
function splitCustom(image: JsonObject): Pick<GlanceImage, "properties" | "unknown"> {
  const custom = Object.entries(image).filter(([name]) => !isAttribute(name));
  return {
    properties: record(custom.filter((entry): entry is [string, string] => typeof entry[1] === "string")),
    unknown: record(custom.filter(([, value]) => typeof value !== "string")),
  };
}

/** The body of Image API v2, "Create image". Throws UNSUPPORTED for a property with the name of an attribute. */
export function encodeNewImage(image: NewImage): Record<string, unknown> {
  const { id, properties = {} } = image;
  assertCustom(Object.keys(properties));
  const attributes = fields
    .filter((field) => image[field] !== undefined)
    .map((field) => [writable[field], encodeField(image, field)] as const);
  return record([...(id === undefined ? [] : [["id", id] as const]), ...attributes, ...Object.entries(properties)]);
}

/** A field as the API writes it: tags as a set in a fixed order, all else as it is. */
export function encodeField(image: ImageFields, field: keyof ImageFields): unknown {
  return field === "tags" ? [...new Set(image.tags)].sort() : image[field];
}

/** Image API v2, "Show tasks associated with image": the times carry no zone and mean UTC. Newest first. */
export const decodeTasks: Decode<ImageTask[]> = (body, where) => {
  const tasks = member(asObject(body, where), "tasks", listOf(decodeTask), where);
  return tasks.sort((a, b) => compareTimes(b.createdAt, a.createdAt));
};

const decodeTask: Decode<ImageTask> = (body, where) => {
  const task = asObject(body, where);
  const get = <T>(name: string, decode: Decode<T>) => member(task, name, decode, where);
  return {
    id: get("id", asString),
    type: get("type", asString),
    status: get("status", asString),
    // Cleaned of secrets before it is cut: half a URL may not look like one.
    message: reasonIn(cleanUrlsIn(get("message", withDefault(asString, "")))) ?? "",
    requestId:
      get("request_id", nullable(asString))
        ?.replace(/[^\x21-\x7e]/g, "")
        .slice(0, 128) || undefined,
    createdAt: get("created_at", asTime),
  };
};

/** Finer than Date, which drops the microseconds that tell two tasks of one moment apart. */
function compareTimes(a: string, b: string): number {
  const [left, right] = [a.replace("Z", ""), b.replace("Z", "")];
  return left < right ? -1 : Number(left > right);
}
