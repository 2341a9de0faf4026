/** Image API v2, "Sorting". */
export const sortKeys: readonly string[] = [
  "name",
  "status",
  "container_format",
  "disk_format",
  "size",
  "id",
  "created_at",
  "updated_at",
];
export const sortDirections: readonly string[] = ["asc", "desc"];

/** The classic pair `sortKey` and `sortDir` as one text: `name:asc,size:desc`. One direction holds for all keys. */
export function sortOf(sortKey: string | undefined, sortDir: string | undefined): string | undefined {
  if (sortKey === undefined && sortDir === undefined) return undefined;
  const keys = words(sortKey ?? "created_at");
  const directions = words(sortDir ?? "desc");
  return keys.map((key, index) => `${key}:${directions[index] ?? directions[0]}`).join(",");
}

const words = (list: string) => list.split(",").map((word) => word.trim());
