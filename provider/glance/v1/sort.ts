import { GlanceError } from "../../http/errors";

/** Parameters of a list for `key:direction`. Throws UNSUPPORTED for more than one key. */
export function asSort(sort: string | undefined): [string, string][] {
  if (sort === undefined) return [];
  const [first = "", ...more] = sort.split(",");
  if (more.length > 0) {
    throw new GlanceError({
      code: "UNSUPPORTED",
      message: `The Image API v1 sorts by one key, not by ${JSON.stringify(sort)}`,
    });
  }
  const [key = "", direction = "desc"] = first.trim().split(":");
  return [
    ["sort_key", key],
    ["sort_dir", direction],
  ];
}
