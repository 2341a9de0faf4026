import type { ImageQuery } from "../api";
import { isAttribute } from "../attributes";
import { parametersOf } from "../listing";
import { type Sieve, type Siftable, sieveOf } from "../sieve";
import { anyOf, anyOfInGroups } from "./anyOf";

/** Ids of ordinary length (UUIDs) that fit in one request. */
export const idsPerRequest = 50;

/** What a query becomes: requests, and what the service cannot sift. */
export interface ListPlan {
  /** One per group of ids; their images do not overlap. */
  requests: URLSearchParams[];
  matches: Sieve;
}

/**
 * Image API v2, "List images". `sort` and `marker` hold within each request only; more than one is needed for more than 50
 * ids.
 */
export function planList(query: ImageQuery): ListPlan {
  const { ids, properties = {} } = query;
  const unsent = Object.entries(properties).filter(([key]) => !isFilterable(key));
  return {
    requests: ids ? anyOfInGroups(ids).map((id) => parameters(query, id)) : [parameters(query)],
    matches: sieveOf({ ...query, properties: Object.fromEntries(unsent) }, sifted),
  };
}

/** Databases differ in whether they tell upper from lower case; names and tags do. Some lists and properties cannot be sent. */
const sifted: readonly Siftable[] = [
  "name",
  "names",
  "statuses",
  "diskFormats",
  "containerFormats",
  "tags",
  "properties",
];

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
  return parametersOf(pairs);
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
