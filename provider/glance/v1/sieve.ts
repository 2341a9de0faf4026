import type { GlanceImage, ImageQuery } from "../api";
import { timeTest } from "./time";

export type Sieve = (image: GlanceImage) => boolean;

/** What the service cannot sift, ignores, or sifts without telling upper from lower case, as some databases do. */
export function sieveOf(query: ImageQuery): Sieve {
  const { ids, name, names, owner, statuses, diskFormats, containerFormats, properties = {} } = query;
  const wanted = ids && new Set(ids);
  const isCreated = timeTest(query.createdAt);
  const isUpdated = timeTest(query.updatedAt);
  return (image) =>
    (wanted === undefined || wanted.has(image.id)) &&
    (name === undefined || image.name === name) &&
    isOneOf(names, image.name) &&
    (owner === undefined || image.owner === owner) &&
    isOneOf(statuses, image.status) &&
    isOneOf(diskFormats, image.diskFormat) &&
    isOneOf(containerFormats, image.containerFormat) &&
    isVisible(query, image) &&
    isCreated(image.createdAt) &&
    isUpdated(image.updatedAt) &&
    Object.entries(properties).every(
      ([key, value]) => Object.hasOwn(image.properties, key) && image.properties[key] === value,
    );
}

/** Whether the sieve looks at more than brief lists tell. */
export function needsDetails(query: ImageQuery): boolean {
  const looks = ["owner", "statuses", "visibility", "isPublic", "createdAt", "updatedAt", "properties"] as const;
  return looks.some((filter) => query[filter] !== undefined);
}

function isOneOf(wanted: readonly string[] | undefined, value: string | null): boolean {
  return wanted === undefined || (value !== null && wanted.includes(value));
}

function isVisible({ visibility, isPublic }: ImageQuery, image: GlanceImage): boolean {
  return (
    (visibility === undefined || visibility === "all" || image.visibility === visibility) &&
    (isPublic === undefined || (image.visibility === "public") === isPublic)
  );
}
