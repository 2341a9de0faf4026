import type { GlanceImage, ImageQuery } from "../api";
import { isAttribute } from "../attributes";
import { anyOf, anyOfInGroups } from "./anyOf";

/** Ids of ordinary length (UUIDs) that fit in one request. */
export const idsPerRequest = 50;

/** What a query becomes: requests, and what the service cannot sift. */
export interface ListPlan {
  /** One per group of ids; their images do not overlap. */
  requests: URLSearchParams[];
  matches(image: GlanceImage): boolean;
}

/**
 * Image API v2, "List images". `sort` and `marker` hold within each request only; more than one is needed for more than 50
 * ids.
 */
export function planList(query: ImageQuery): ListPlan {
  const { ids, name, tags = [], properties = {} } = query;
  const sifted = Object.entries(properties).filter(([key]) => !isFilterable(key));
  return {
    requests: ids ? anyOfInGroups(ids).map((id) => parameters(query, id)) : [parameters(query)],
    matches: (image) =>
      // Databases differ in whether they tell upper from lower case; names and tags do.
      (name === undefined || image.name === name) &&
      includes(query.names, image.name) &&
      includes(query.statuses, image.status) &&
      includes(query.diskFormats, image.diskFormat) &&
      includes(query.containerFormats, image.containerFormat) &&
      tags.every((tag) => image.tags.includes(tag)) &&
      sifted.every(([key, value]) => Object.hasOwn(image.properties, key) && image.properties[key] === value),
  };
}

function includes(wanted: readonly string[] | undefined, value: string | null): boolean {
  return wanted === undefined || (value !== null && wanted.includes(value));
}

function parameters(query: ImageQuery, id?: string): URLSearchParams {
  const { name, tags = [], properties = {} } = query;
  const pairs: [string, string | number | boolean | undefined][] = [
    ["id", id],
    // Without the operator, text before a colon in the name would be taken for one.
    ["name", name === undefined ? anyOf(query.names) : `eq:${name}`],
    ["owner", query.owner],
    ["status", query.status ?? anyOf(query.statuses)],
    ["visibility", query.visibility],
    ["member_status", query.memberStatus],
    ["protected", query.protected],
    ["os_hidden", query.hidden],
    ["disk_format", query.diskFormat ?? anyOf(query.diskFormats)],
    ["container_format", query.containerFormat ?? anyOf(query.containerFormats)],
    // The service trims what it looks for, so a tag with outer blanks would never be found.
    ...tags.filter((tag) => tag.trim() === tag).map((tag): [string, string] => ["tag", tag]),
    ["min_disk", query.minDisk],
    ["min_ram", query.minRam],
    ["size_min", query.sizeMin],
    ["size_max", query.sizeMax],
    ["created_at", query.createdAt],
    ["updated_at", query.updatedAt],
    ...Object.entries(properties).filter(([key]) => isFilterable(key)),
    ["sort", query.sort],
    ["limit", query.limit],
    ["marker", query.marker],
  ];
  const given = pairs.filter(([, value]) => value !== undefined);
  return new URLSearchParams(given.map(([key, value]): [string, string] => [key, String(value)]));
}

// Names that the list call uses itself, or that are members of the service's database class for an image.
const taken: ReadonlySet<string> = new Set(
  (
    "limit marker sort sort_key sort_dir member_status tag changes-since is_public " +
    "properties members metadata registry keys values items iteritems get update save delete to_dict"
  ).split(" "),
);

/** Whether the service finds images by this property (glance/db/sqlalchemy/api.py, `_make_conditions_from_filters`). */
function isFilterable(property: string): boolean {
  return !(taken.has(property) || isAttribute(property) || property.startsWith("_") || /_(min|max)$/.test(property));
}
