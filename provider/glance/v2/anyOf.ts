/** Characters of an encoded filter: with the rest, a URL below the 4 KiB that common front ends allow at least. */
const longest = 2400;

/**
 * The filter `in:"a","b"` (Image API v2, "Filtering"); undefined where the values cannot be written as one, and are to be sifted
 * by the client.
 */
export function anyOf(values: readonly string[] | undefined): string | undefined {
  const [filter, more] = values ? anyOfInGroups(values) : [];
  return more === undefined ? filter : undefined;
}

/** The filter in groups that fit in a URL. A value with a quote or a backslash cannot be quoted and goes alone. */
export function anyOfInGroups(values: readonly string[]): string[] {
  const unique = [...new Set(values)];
  const quotable = unique.filter((value) => !/["\\]/.test(value)).map((value) => `"${value}"`);
  const alone = unique.filter((value) => /["\\]/.test(value)).map((value) => `eq:${value}`);
  return [...groupsThatFit(quotable).map((group) => `in:${group.join(",")}`), ...alone];
}

function groupsThatFit(values: readonly string[]): string[][] {
  const groups: string[][] = [];
  let room = 0;
  for (const value of values) {
    const length = encodeURIComponent(`${value},`).length;
    if (length > room || groups.length === 0) {
      groups.push([]);
      room = longest;
    }
    groups.at(-1)?.push(value);
    room -= length;
  }
  return groups;
}
