import type { GlanceImage } from "./image";
import type { ImageQuery } from "./query";
import { timeFilter } from "./timeFilter";

export type Sieve = (image: GlanceImage) => boolean;

type Tests = { [K in keyof Required<ImageQuery>]?: (wanted: NonNullable<ImageQuery[K]>) => Sieve };

/** What each filter means, for lists that the service does not sift itself. */
const tests = {
  ids: (wanted) => {
    const ids = new Set(wanted);
    return ({ id }) => ids.has(id);
  },
  name: (wanted) => (image) => image.name === wanted,
  names: (wanted) => (image) => isOneOf(wanted, image.name),
  owner: (wanted) => (image) => image.owner === wanted,
  status: (wanted) => (image) => image.status === wanted,
  statuses: (wanted) => (image) => wanted.includes(image.status),
  visibility: (wanted) => (image) => wanted === "all" || image.visibility === wanted,
  isPublic: (wanted) => (image) => (image.visibility === "public") === wanted,
  protected: (wanted) => (image) => image.protected === wanted,
  diskFormat: (wanted) => (image) => image.diskFormat === wanted,
  diskFormats: (wanted) => (image) => isOneOf(wanted, image.diskFormat),
  containerFormat: (wanted) => (image) => image.containerFormat === wanted,
  containerFormats: (wanted) => (image) => isOneOf(wanted, image.containerFormat),
  tags: (wanted) => (image) => wanted.every((tag) => image.tags.includes(tag)),
  minDisk: (wanted) => (image) => image.minDisk === wanted,
  minRam: (wanted) => (image) => image.minRam === wanted,
  sizeMin: (wanted) => (image) => image.size !== null && image.size >= wanted,
  sizeMax: (wanted) => (image) => image.size !== null && image.size <= wanted,
  createdAt: (wanted) => {
    const holds = timeFilter(wanted);
    return (image) => holds(image.createdAt);
  },
  updatedAt: (wanted) => {
    const holds = timeFilter(wanted);
    return (image) => holds(image.updatedAt);
  },
  properties: (wanted) => (image) =>
    Object.entries(wanted).every(
      ([key, value]) => Object.hasOwn(image.properties, key) && image.properties[key] === value,
    ),
} satisfies Tests;

/** A filter that a list can be sifted by here. */
export type Siftable = keyof typeof tests;
export const siftable = Object.keys(tests) as Siftable[];

/** The given ones of these filters, as one test. */
export function sieveOf(query: ImageQuery, filters: readonly Siftable[]): Sieve {
  const active = filters.flatMap((filter) => {
    const wanted = query[filter];
    return wanted === undefined ? [] : [(tests[filter] as (wanted: unknown) => Sieve)(wanted)];
  });
  return (image) => active.every((holds) => holds(image));
}

function isOneOf(wanted: readonly string[], value: string | null): boolean {
  return value !== null && wanted.includes(value);
}
