import type { GlanceImage, ImageQuery } from "../api";

/** Images per request; the service gives 1000 at most (`osapi_max_limit`), and before Newton all of them where nothing is said. */
const pageSize = 500;

/** What a query becomes: one request per page, and what the service cannot sift. */
export interface ListPlan {
  path: string;
  parameters: URLSearchParams;
  matches(image: GlanceImage): boolean;
}

/** Compute API, "List images" and "List images with details". */
export function planList(query: ImageQuery): ListPlan {
  const { name, type, status = "" } = query;
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
  const given = pairs.filter(([, value]) => value !== undefined);
  const properties = Object.entries(query.properties ?? {});
  const wanted = query.ids && new Set(query.ids);
  return {
    path: query.detail === false && !needsDetails(query) ? "/images" : "/images/detail",
    parameters: new URLSearchParams(given.map(([key, value]): [string, string] => [key, String(value)])),
    matches: (image) =>
      (wanted === undefined || wanted.has(image.id)) &&
      (name === undefined || image.name === name) &&
      (query.names === undefined || query.names.includes(image.name ?? "")) &&
      (query.status === undefined || image.status === status) &&
      (query.statuses === undefined || query.statuses.includes(image.status)) &&
      (type === undefined || type === "ALL" || typeOf(image) === type) &&
      properties.every(([key, value]) => Object.hasOwn(image.properties, key) && image.properties[key] === value),
  };
}

/**
 * Statuses by which the service sifts. It takes its own words for those of the image service, so that ERROR and UNKNOWN find
 * nothing, and SAVING no image that is queued.
 */
const statuses: ReadonlyMap<string, string> = new Map([
  ["active", "ACTIVE"],
  ["saving", "SAVING"],
  ["deleted", "DELETED"],
]);

/** Whether the sieve looks at more than brief lists tell. */
function needsDetails({ status, statuses, type = "ALL", properties }: ImageQuery): boolean {
  return status !== undefined || statuses !== undefined || type !== "ALL" || properties !== undefined;
}

/** The service compares the word with the property itself, which says `snapshot` or `backup`: BASE and SERVER would find nothing. */
function typeOf({ properties }: GlanceImage): "BASE" | "SERVER" {
  return properties.image_type === "snapshot" || properties.image_type === "backup" ? "SERVER" : "BASE";
}
