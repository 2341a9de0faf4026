import type { ImageQuery } from "../api";
import { pageSize, parametersOf } from "../listing";
import type { Sieve } from "../sieve";
import { isPublic } from "./headers";
import { needsDetails, sieveOf } from "./sieve";
import { asSort } from "./sort";

/** What a query becomes: one request per page, and what the service cannot sift. */
export interface ListPlan {
  path: string;
  parameters: URLSearchParams;
  matches: Sieve;
}

/** Image API v1, "List images" and "List images with details". Throws UNSUPPORTED for an order of several keys, and for a visibility that v1 does not know. */
export function planList(query: ImageQuery): ListPlan {
  const { name, properties = {} } = query;
  const pairs: [string, string | number | boolean | undefined][] = [
    // Servers since Mitaka take the text before a colon for an operator.
    ["name", name === "" || name?.includes(":") ? undefined : name],
    ["status", query.status],
    ["disk_format", query.diskFormat],
    ["container_format", query.containerFormat],
    ["min_disk", query.minDisk],
    ["min_ram", query.minRam],
    ["size_min", query.sizeMin],
    ["size_max", query.sizeMax],
    ["protected", query.protected],
    ["is_public", publicity(query)],
    ["changes-since", query.changesSince],
    ...Object.entries(properties).map(([key, value]) => [`property-${key}`, value] as [string, string]),
    ...asSort(query.sort),
    ["limit", query.limit ?? pageSize],
  ];
  return {
    path: query.detail === false && !needsDetails(query) ? "/v1/images" : "/v1/images/detail",
    parameters: parametersOf(pairs),
    matches: sieveOf(query),
  };
}

/** Only administrators are heard. Without a word they would see the public images only. */
function publicity(query: ImageQuery): string {
  const { visibility = "all", isPublic: wanted = visibility === "all" ? undefined : isPublic(visibility) } = query;
  if (wanted === undefined) return "None";
  return wanted ? "True" : "False";
}
