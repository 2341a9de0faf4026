import type { ImageQuery } from "../api";
import { type Sieve, type Siftable, sieveOf as siftBy } from "../sieve";

/** What brief lists tell enough for. */
const brief: readonly Siftable[] = ["ids", "name", "names", "diskFormats", "containerFormats"];
const detailed: readonly Siftable[] = [
  "owner",
  "statuses",
  "visibility",
  "isPublic",
  "createdAt",
  "updatedAt",
  "properties",
];

/** What the service cannot sift, ignores, or sifts without telling upper from lower case, as some databases do. */
export function sieveOf(query: ImageQuery): Sieve {
  return siftBy(query, [...brief, ...detailed]);
}

/** Whether the sieve looks at more than brief lists tell. */
export function needsDetails(query: ImageQuery): boolean {
  return detailed.some((filter) => query[filter] !== undefined);
}
