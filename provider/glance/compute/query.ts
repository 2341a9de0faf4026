import type { GlanceImage, ImageQuery } from "../api";
import { pageSize, parametersOf } from "../listing";
import { type Sieve, type Siftable, sieveOf } from "../sieve";

/** What a query becomes: one request per page, and what the service cannot sift. */
export interface ListPlan {
  path: string;
  parameters: URLSearchParams;
  matches: Sieve;
}

/** Compute API, "List images" and "List images with details". */
export function planList(query: ImageQuery): ListPlan {
  const { name, type = "ALL", status = "" } = query;
  const pairs: [string, string | number | undefined][] = [
    // The image service behind takes the text before a colon for an operator.
    ["name", name === "" || name?.includes(":") ? undefined : name],
    ["status", statuses.get(status)],
    ["changes-since", query.changesSince],
    ["server", query.server],
    ["minDisk", query.minDisk],
    ["minRam", query.minRam],
    ["limit", query.limit ?? pageSize],
  ];
  const sieve = sieveOf(query, [...inBrief, ...inDetail]);
  return {
    path: query.detail === false && !needsDetails(query) ? "/images" : "/images/detail",
    parameters: parametersOf(pairs),
    matches: (image) => sieve(image) && (type === "ALL" || typeOf(image) === type),
  };
}

/** What the service cannot sift, or sifts without telling upper from lower case, as some databases do. */
export const inBrief = ["ids", "name", "names"] as const satisfies readonly Siftable[];

/** The same for what only detailed lists tell. */
export const inDetail = [
  "status",
  "statuses",
  "createdAt",
  "updatedAt",
  "properties",
] as const satisfies readonly Siftable[];

/**
 * Statuses by which the service sifts. It takes its own words for those of the image service, so that ERROR and UNKNOWN find
 * nothing, and SAVING no image that is queued.
 */
const statuses: ReadonlyMap<string, string> = new Map([
  ["active", "ACTIVE"],
  ["saving", "SAVING"],
  ["deleted", "DELETED"],
]);

function needsDetails(query: ImageQuery): boolean {
  const { type = "ALL" } = query;
  return type !== "ALL" || inDetail.some((filter) => query[filter] !== undefined);
}

/** The service compares the word with the property itself, which says `snapshot` or `backup`: BASE and SERVER would find nothing. */
function typeOf({ properties }: GlanceImage): "BASE" | "SERVER" {
  return properties.image_type === "snapshot" || properties.image_type === "backup" ? "SERVER" : "BASE";
}
